"""Days as a shop means them, also when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import SystemClock, business_day, clock_state, day_bounds

HELSINKI = ZoneInfo("Europe/Helsinki")
FOUR = time(4)
HOUR_MS = 3_600_000


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("instant", "local"),
    [
        ("2026-10-25T00:30:00Z", "Sun 03"),
        ("2026-10-25T01:30:00Z", "Sun 03"),
        ("2026-03-29T00:59:59Z", "Sun 02"),
        ("2026-03-29T01:00:00Z", "Sun 04"),
        ("2026-12-31T22:30:00Z", "Fri 00"),
    ],
)
def test_the_hours_of_the_heat_map(instant: str, local: str) -> None:
    """The place's own hours, through both changes of the clock."""
    assert f"{datetime.fromtimestamp(ms(instant) / 1000, UTC).astimezone(HELSINKI):%a %H}" == local


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-22T12:00:00+02:00", "2026-11-22"),
        ("2026-11-22T03:59:59+02:00", "2026-11-21"),
        ("2026-11-22T04:00:00+02:00", "2026-11-22"),
        ("2026-11-23T00:00:00+02:00", "2026-11-22"),
        ("2026-12-31T22:30:00Z", "2026-12-31"),
        ("2026-10-25T00:30:00Z", "2026-10-24"),
        ("2026-10-25T01:30:00Z", "2026-10-24"),
        ("2026-10-25T02:00:00Z", "2026-10-25"),
        ("2026-03-29T00:59:59Z", "2026-03-28"),
        ("2026-03-29T01:00:00Z", "2026-03-29"),
    ],
)
def test_a_business_day_ends_at_four_in_the_night(instant: str, day: str) -> None:
    assert business_day(ms(instant), HELSINKI, FOUR) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-11-22", 24), ("2026-10-24", 25), ("2026-10-25", 24), ("2026-03-28", 23), ("2026-03-29", 24)],
)
def test_a_day_is_an_hour_longer_or_shorter_when_clocks_change(day: str, hours: int) -> None:
    start, end = day_bounds(date.fromisoformat(day), HELSINKI, FOUR)
    assert end - start == hours * HOUR_MS


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - made aware below
    st.sampled_from(["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
    st.sampled_from([time(0), time(4), time(6, 30)]),
)
def test_every_instant_lies_within_the_bounds_of_its_day(instant: datetime, zone: str, ends: time) -> None:
    at = int(instant.replace(tzinfo=UTC).timestamp() * 1000)
    start, end = day_bounds(business_day(at, ZoneInfo(zone), ends), ZoneInfo(zone), ends)
    assert start <= at < end


def test_days_follow_each_other_without_a_gap() -> None:
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(365)]
    bounds = [day_bounds(day, HELSINKI, FOUR) for day in days]
    assert all(one[1] == other[0] for one, other in pairwise(bounds))


def test_the_machines_clock_never_goes_back() -> None:
    clock = SystemClock()
    moments = [clock.now() for _ in range(100)]
    assert [moment.boot_ms for moment in moments] == sorted(moment.boot_ms for moment in moments)
    assert len({moment.boot_id for moment in moments}) == 1
    assert abs(moments[0].at_ms - datetime.now(UTC).timestamp() * 1000) < 60_000
    assert clock_state() in ("synced", "rtc", "unsynced")
