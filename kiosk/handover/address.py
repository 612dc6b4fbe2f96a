"""Where on the local network this machine can be reached."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from kiosk.errors import KioskError
from kiosk.words import N_

_FAR_AWAY = ("203.0.113.1", 9)
"""An address for documents that nobody has (RFC 5737); which way it would lie is all that is asked."""


class NoNetwork(KioskError):
    """No phone could reach this machine."""


def local_address() -> str:
    """Give the address of the interface that leads out, without sending anything. Raises NoNetwork.

    One that the whole internet could reach counts as none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unsent:
        try:
            unsent.connect(_FAR_AWAY)  # for datagrams this only chooses the way
        except OSError as error:
            raise no_network() from error
        address: str = unsent.getsockname()[0]
    found = ip_address(address)
    if not found.is_private or found.is_loopback or found.is_link_local or found.is_unspecified:
        raise no_network()
    return address


def no_network() -> NoNetwork:
    """Say that no phone could reach this machine."""
    said = N_("The kiosk is not on a local network.")
    return NoNetwork(said, N_("Use a stick, or ask the installer to connect the kiosk to the shop's Wi-Fi."))
