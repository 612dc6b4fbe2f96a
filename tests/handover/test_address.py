"""The link listens only where a phone of the shop can come from."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import pytest

from kiosk.handover.address import NoNetwork, local_address
from kiosk.handover.parcel import Parcel
from kiosk.handover.phone import PhoneLink


class PaperSocket:
    """A datagram socket of a machine with this address; "" where no way leads out."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> PaperSocket:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass

    def connect(self, _place: tuple[str, int]) -> None:
        if not self.address:
            raise OSError(errno.ENETUNREACH, "Network is unreachable")

    def getsockname(self) -> tuple[str, int]:
        return self.address, 1


@pytest.mark.parametrize("address", ["192.168.1.20", "10.0.0.7", "172.16.3.4"])
def test_the_address_of_a_local_network_is_taken(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_: PaperSocket(address))
    assert local_address() == address


@pytest.mark.parametrize("address", ["", "127.0.0.1", "169.254.7.7", "0.0.0.0", "8.8.8.8", "100.64.1.1"])
def test_without_one_there_is_no_link(
    address: str, parcel: Parcel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_: PaperSocket(address))
    with pytest.raises(NoNetwork, match="local network") as caught:
        PhoneLink(parcel, "fi")
    assert caught.value.hint


def test_an_address_that_this_machine_does_not_have_is_no_network(parcel: Parcel) -> None:
    with pytest.raises(NoNetwork):
        PhoneLink(parcel, "fi", address="192.168.255.254", port=0)


def test_nothing_is_sent_to_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: list[int] = []
    real = socket.socket

    def watched(family: int, kind: int) -> socket.socket:
        kinds.append(kind)
        return real(family, kind)

    monkeypatch.setattr(socket, "socket", watched)
    with suppress(NoNetwork):
        local_address()
    assert kinds == [socket.SOCK_DGRAM]
