"""Whatever the network does, at whichever byte: nothing is lost, nothing counted twice, and rollups are exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import Config
from kiosk.sync.trouble import Trouble
from tests.conftest import WoundClock
from tests.faults.fault import PORTAL_PAGE, PORTAL_REDIRECT, Fault, Manner, http_answer
from tests.faults.site import Site, site


@pytest.fixture
def place(tmp_path: Path, shipped: Config, clock: WoundClock) -> Iterator[Site]:
    with site(tmp_path, shipped, clock) as built:
        yield built


def test_without_faults_everything_arrives_once(place: Site) -> None:
    for _ in range(3):
        place.visit()
    assert place.send().trouble is None
    assert len(place.at_hub()) == 12
    place.require_whole()


@pytest.mark.parametrize("manner", [Manner.CLOSE, Manner.RESET])
def test_a_request_that_is_cut_at_any_byte_stores_nothing_and_is_sent_again(place: Site, manner: Manner) -> None:
    place.visit()
    size = place.sizes().request
    known = len(place.at_hub())
    place.visit()
    for length in range(0, size - 16, 1 if manner is Manner.CLOSE else 37):
        assert place.send(Fault(request_bytes=length, manner=manner)).trouble is Trouble.UNREACHABLE, length
    assert len(place.at_hub()) == known
    assert place.send().trouble is None
    place.require_whole()


@pytest.mark.parametrize("manner", [Manner.CLOSE, Manner.RESET])
def test_a_response_that_is_cut_at_any_byte_confirms_nothing_and_counts_nothing_twice(
    place: Site, manner: Manner
) -> None:
    place.visit()
    size = place.sizes().response
    known = len(place.at_hub())
    place.visit()
    for length in range(0, size - 16, 1 if manner is Manner.CLOSE else 23):
        step = place.send(Fault(response_bytes=length, manner=manner))
        assert step.trouble is not None, length
        if length == 0:
            assert len(place.at_hub()) == known + 4, "the hub has stored it already"
    place.require_whole()
    assert place.send().trouble is None
    place.require_whole()


@pytest.mark.parametrize(
    "answer",
    [
        PORTAL_PAGE,
        PORTAL_REDIRECT,
        http_answer("200 OK", b"{}"),
        http_answer("200 OK", b""),
        http_answer("204 No Content"),
        http_answer("200 OK", b'{"accepted": 4, "duplicate": 0}'),
        http_answer("500 Oops", b"oops", "text/plain"),
        http_answer("503 Busy", b"", Retry_After="60"),
        http_answer("407 Proxy", b""),
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
    ],
    ids=["portal", "redirect", "empty", "nothing", "204", "half", "500", "503", "407", "ssh", "silence"],
)
def test_whoever_answers_for_the_hub_confirms_nothing(place: Site, answer: bytes) -> None:
    place.visit()
    step = place.send(Fault(instead=answer))
    assert step.trouble is not None
    assert step.wait_s >= 0
    assert place.at_hub() == []
    assert place.send().trouble is None
    place.require_whole()


def test_an_answer_of_another_hub_confirms_nothing(place: Site) -> None:
    place.visit()
    ack = (
        b'{"accepted":4,"duplicate":0,"highest_sequence":4,"server_time":"2026-11-22T10:00:00Z","next_sync_s":300,'
        b'"hub":"01a203df-0000-7000-8000-00000000beef"}'
    )
    assert place.send(Fault(instead=http_answer("200 OK", ack))).trouble is Trouble.PORTAL
    assert place.at_hub() == []


def test_a_slow_line_brings_everything(place: Site) -> None:
    place.visit()
    assert place.send(Fault(piece=97, latency_s=0.002)).trouble is None
    place.require_whole()


def test_faults_after_faults_never_lose_their_place(place: Site) -> None:
    """New answers come in all the while: what fails is always another batch than the last one."""
    for number in range(40):
        place.visit()
        fault = Fault(response_bytes=number * 13) if number % 2 else Fault(request_bytes=number * 17)
        place.send(fault)
    assert place.send().trouble is None
    place.require_whole()
