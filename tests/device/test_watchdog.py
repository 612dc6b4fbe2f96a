"""Heartbeats, as a socket in systemd's place receives them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.device.watchdog import Heartbeat


class Systemd:
    """A socket in the place of systemd's."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.setblocking(False)

    def received(self) -> list[str]:
        messages = []
        while True:
            try:
                messages.append(self.socket.recv(4096).decode())
            except BlockingIOError:
                return messages


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Callable[..., Systemd]]:
    opened: list[Systemd] = []

    def listen(address: str) -> Systemd:
        opened.append(Systemd(address))
        return opened[-1]

    yield listen
    for each in opened:
        each.socket.close()


def heart(address: Path | str, **more: str) -> Heartbeat:
    heartbeat = Heartbeat.from_environment({"NOTIFY_SOCKET": str(address), **more})
    assert heartbeat is not None
    return heartbeat


def test_the_first_beat_says_ready_and_later_ones_come_in_less_than_half_the_time(
    systemd: Callable[..., Systemd], tmp_path: Path
) -> None:
    listening = systemd(str(tmp_path / "notify"))
    heartbeat = heart(tmp_path / "notify", WATCHDOG_USEC="30000000")
    beats = []
    for quarter in range(4 * 60):
        heartbeat.beat(1000 + quarter / 4)
        beats += [(quarter / 4, message) for message in listening.received()]
    assert beats[0] == (0, "READY=1\nWATCHDOG=1")
    assert {message for _, message in beats[1:]} == {"WATCHDOG=1"}
    times = [at for at, _ in beats]
    assert len(times) == 6
    assert max(later - earlier for earlier, later in pairwise(times)) <= 15


def test_without_a_watchdog_it_says_ready_once(systemd: Callable[..., Systemd], tmp_path: Path) -> None:
    listening = systemd(str(tmp_path / "notify"))
    heartbeat = heart(tmp_path / "notify")
    heartbeat.beat(0)
    heartbeat.beat(1e9)
    assert len(listening.received()) == 1


def test_a_process_that_is_not_the_units_main_one_beats_too(systemd: Callable[..., Systemd], tmp_path: Path) -> None:
    listening = systemd(str(tmp_path / "notify"))
    heart(tmp_path / "notify", WATCHDOG_USEC="30000000", WATCHDOG_PID="1").beat(0)
    assert listening.received()


def test_a_socket_without_a_file_is_reached(systemd: Callable[..., Systemd], tmp_path: Path) -> None:
    listening = systemd(f"\0{tmp_path}")
    heart(f"@{tmp_path}", WATCHDOG_USEC="30000000").beat(0)
    assert listening.received()


def test_a_systemd_that_does_not_listen_or_is_full_is_no_error(systemd: Callable[..., Systemd], tmp_path: Path) -> None:
    heart(tmp_path / "nobody", WATCHDOG_USEC="1000000").beat(0)
    listening = systemd(str(tmp_path / "notify"))
    heartbeat = heart(tmp_path / "notify", WATCHDOG_USEC="1000000")
    for second in range(2000):
        heartbeat.beat(second)
    assert 0 < len(listening.received()) < 2000


@pytest.mark.parametrize("address", ["", "vsock:2:1234", "relative"])
def test_nobody_asked_for_a_heartbeat(address: str) -> None:
    assert Heartbeat.from_environment({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "1000000"}) is None


@pytest.mark.parametrize("wanted", ["", "0", "-1", "soon"])
def test_a_patience_that_is_none_wants_only_to_know_that_the_kiosk_is_ready(
    systemd: Callable[..., Systemd], tmp_path: Path, wanted: str
) -> None:
    listening = systemd(str(tmp_path / "notify"))
    heartbeat = heart(tmp_path / "notify", WATCHDOG_USEC=wanted)
    for second in range(100):
        heartbeat.beat(second)
    assert len(listening.received()) == 1
