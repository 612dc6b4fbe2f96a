"""A failing destination is asked less and less often, by nobody at the same moment, and by everybody again in time."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.backoff import Backoff, asked_wait

CEILINGS = [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
NOON_MS = 1_795_341_600_000


@given(st.randoms(use_true_random=False), st.integers(1, 2000))
def test_a_wait_is_anywhere_below_its_ceiling(random: Random, failures: int) -> None:
    backoff = Backoff(random)
    for number in range(failures):
        ceiling = CEILINGS[min(number, 9)]
        assert backoff.ceiling == ceiling
        assert 0 <= backoff.delay() <= ceiling


def test_waits_are_spread_over_the_whole_time() -> None:
    waits = [Backoff(Random(seed)).delay() for seed in range(1000)]
    assert min(waits) < 0.1 and max(waits) > 4.9 and 2.3 < sum(waits) / 1000 < 2.7


def test_a_success_begins_anew() -> None:
    backoff = Backoff(Random(1))
    for _ in range(8):
        backoff.delay()
    backoff.reset()
    assert backoff.ceiling == 5


@given(st.floats(0, 3600), st.integers(0, 12), st.randoms(use_true_random=False))
def test_what_the_server_asks_for_comes_on_top(asked_s: float, failures: int, random: Random) -> None:
    backoff = Backoff(random)
    for _ in range(failures):
        backoff.delay()
    ceiling = backoff.ceiling
    assert asked_s <= backoff.delay(asked_s) <= asked_s + ceiling


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "120"}, 120),
        ({"retry-after": " 7 "}, 7),
        ({"retry-after": "86400"}, 3600),
        ({"retry-after": "9" * 400}, 3600),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "²"}, 0),
        ({"retry-after": "Sun, 22 Nov 2026 10:02:00 GMT"}, 120),
        ({"retry-after": "Sun, 22 Nov 2026 09:00:00 GMT"}, 0),
        ({"retry-after": "Mon, 22 Nov 2027 10:00:00 GMT"}, 3600),
        ({"retry-after": "Thu, 01 Jan 1970 00:02:00 GMT", "date": "Thu, 01 Jan 1970 00:00:00 GMT"}, 120),
        ({"retry-after": "Sun, 99 Nov 2026 10:02:00 GMT"}, 0),
    ],
)
def test_retry_after_is_read_in_both_its_forms(headers: dict[str, str], seconds: float) -> None:
    assert asked_wait(headers, NOON_MS) == seconds


def test_a_date_is_held_against_the_servers_own_clock_if_the_kiosks_is_years_off() -> None:
    headers = {"retry-after": "Sun, 22 Nov 2026 10:02:00 GMT", "date": "Sun, 22 Nov 2026 10:00:00 GMT"}
    assert asked_wait(headers, 0) == 120


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 253_402_300_799_999))
def test_no_header_can_do_harm(asked: str, date: str, now_ms: int) -> None:
    assert 0 <= asked_wait({"retry-after": asked, "date": date}, now_ms) <= 3600


def test_a_thousand_kiosks_do_not_come_back_in_the_same_second() -> None:
    arrivals: dict[int, int] = {}
    for seed in range(1000):
        backoff, at = Backoff(Random(seed)), 0.0
        while at < 600:
            at += backoff.delay()
            arrivals[int(at)] = arrivals.get(int(at), 0) + 1
    assert max(count for second, count in arrivals.items() if second >= 10) < 150
