from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.export.times import WallClock, utc_texts

ZONES = ["Europe/Helsinki", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
INSTANTS = st.integers(min_value=315_532_800_000, max_value=4_102_444_800_000)
"""From 1980, before the first kiosk, to 2100."""


def by_the_library(at_ms: int, zone: str) -> datetime:
    seconds, thousandths = divmod(at_ms, 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=thousandths * 1000).astimezone(ZoneInfo(zone))


@given(INSTANTS, st.sampled_from(ZONES))
def test_times_are_those_of_the_zones_own_clocks(at_ms: int, zone: str) -> None:
    local = by_the_library(at_ms, zone)
    clock = WallClock(ZoneInfo(zone))
    assert clock.texts([at_ms]) == [local.isoformat(timespec="milliseconds")]
    naive = local.replace(tzinfo=UTC)
    assert clock.on_the_wall(at_ms) == round(naive.timestamp() * 1000)


@pytest.mark.parametrize(
    ("at_ms", "words"),
    [
        (1_792_889_999_999, "2026-10-25T03:59:59.999+03:00"),
        (1_792_890_000_000, "2026-10-25T03:00:00.000+02:00"),
        (1_774_745_999_999, "2026-03-29T02:59:59.999+02:00"),
        (1_774_746_000_000, "2026-03-29T04:00:00.000+03:00"),
    ],
)
def test_the_hour_that_comes_twice_and_the_one_that_never_comes_are_told_apart(at_ms: int, words: str) -> None:
    assert WallClock(ZoneInfo("Europe/Helsinki")).texts([at_ms]) == [words]


@given(st.lists(INSTANTS, min_size=2), st.sampled_from(ZONES))
def test_each_of_many_times_is_written_as_it_is_alone(instants: list[int], zone: str) -> None:
    clock = WallClock(ZoneInfo(zone))
    near = [at_ms + ahead for at_ms in instants for ahead in (0, 900_000)]
    assert clock.texts(near) == [clock.texts([at_ms])[0] for at_ms in near]


def test_utc_has_milliseconds_and_a_z() -> None:
    assert utc_texts([1_781_000_000_007, 0]) == ["2026-06-09T10:13:20.007Z", "1970-01-01T00:00:00.000Z"]
