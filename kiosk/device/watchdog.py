"""The heartbeat that systemd waits for. When it stops coming, systemd ends everything and starts the kiosk anew."""

from __future__ import annotations

import math
import socket
from collections.abc import Mapping
from contextlib import suppress

_BEATS = 3
"""Heartbeats in the time that systemd waits for one: two may be lost."""


class Heartbeat:
    """Tells systemd (sd_notify) that the kiosk is there, and then, as often as is wanted, that it is still alive."""

    def __init__(self, address: str, patience_seconds: float | None = None) -> None:
        """Speak to the socket at `address`; systemd waits `patience_seconds` for a heartbeat, or for none at all."""
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._every = math.inf if patience_seconds is None else patience_seconds / _BEATS
        self._sent_at: float | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Heartbeat | None:
        """Give the heartbeat that systemd asked for; None when it asked for nothing.

        WATCHDOG_PID is not looked at: it names the unit's main process, which is cage and not the kiosk.
        """
        address = environment.get("NOTIFY_SOCKET", "")
        if not address.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
            return None
        wanted = environment.get("WATCHDOG_USEC", "")
        return cls(address, int(wanted) / 1_000_000 if wanted.isdecimal() and int(wanted) else None)

    def beat(self, now: float) -> None:
        """Send a heartbeat if one is due at `now`, in seconds that only grow. Never blocks and never raises."""
        if self._sent_at is None:
            self._send(b"READY=1\nWATCHDOG=1")
        elif now - self._sent_at >= self._every:
            self._send(b"WATCHDOG=1")
        else:
            return
        self._sent_at = now

    def _send(self, message: bytes) -> None:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to_systemd:
            to_systemd.setblocking(False)
            to_systemd.sendto(message, self._address)
