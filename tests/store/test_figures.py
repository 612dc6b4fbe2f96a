"""The figures of a day from the database: with their doubts, and at once without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.config import Config
from kiosk.results.day import day_figures
from kiosk.results.doubts import doubts, flagged
from kiosk.results.period import Period
from kiosk.results.tally import count
from kiosk.results.taps import taps_of
from kiosk.results.watch import Watch
from kiosk.store.figures import figures_of, plain_figures_of
from kiosk.store.reader import Reader
from kiosk.store.store import Store

if TYPE_CHECKING:
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

TODAY = Period(date(2026, 11, 22))
LAST_WEEK = Period(date(2026, 11, 15))


@pytest.fixture
def config(configured: Callable[[str], Config]) -> Config:
    return configured('[kiosk]\ntimezone = "Europe/Helsinki"\n[[question]]\ntext = "?"\n')


@pytest.fixture
def two_sundays(store: Store, make: Maker, clock: WoundClock, database: Path) -> Path:
    """Last Sunday a rush of two answers a minute, this Sunday six within a minute; then staff, and two more."""
    clock.boot_ms += 8 * 86_400_000
    clock.wind(-7 * 86_400)
    for number in range(110):
        store.add(make.answer(value=1 + number % 5)).result()
        clock.wind(30)
    clock.wind(7 * 86_400 - 110 * 30)
    for number in range(6):
        store.add(make.answer(value=1 + number % 5)).result()
        clock.wind(10)
    store.note("opened").result()
    clock.wind(100)
    store.add(make.answer(value=5)).result()
    store.note("wrong_pin").result()
    clock.wind(100)
    store.add(make.answer(value=4)).result()
    return database


def test_a_day_is_held_against_its_weekday_and_the_staff_log(two_sundays: Path, config: Config) -> None:
    with Reader(two_sundays) as reader:
        (today,) = figures_of(reader, config, TODAY).questions
        (last_week,) = figures_of(reader, config, LAST_WEEK).questions
        (both,) = figures_of(reader, config, Period(LAST_WEEK.first, TODAY.first)).questions
    assert (today.n, today.flagged, today.marks) == (8, 1, {"staff_test": 1})
    assert (last_week.n, last_week.flagged) == (110, 0)
    assert (both.n, both.flagged, both.marks) == (118, 1, {"staff_test": 1})


def test_the_figures_are_those_of_the_answers_one_by_one(two_sundays: Path, config: Config) -> None:
    with Reader(two_sundays) as reader:
        told = figures_of(reader, config, TODAY)
        rows = list(reader.answers(*TODAY.bounds_in(config)))
        staff = reader.staff_moments(0, 2**53)
        begin = rows[0].corrected_ms
        found = [one for one in doubts(taps_of(reader.answers()), Watch(config, staff)) if one.tap.at_ms >= begin]
        assert told == day_figures(flagged(count(rows), found), {}, config, TODAY)
        assert found == list(reader.doubts(config, TODAY))


def test_figures_at_once_are_the_same_without_marks(two_sundays: Path, config: Config) -> None:
    with Reader(two_sundays) as reader:
        (plain,) = plain_figures_of(reader, config, TODAY).questions
        (full,) = figures_of(reader, config, TODAY).questions
    assert (plain.n, plain.figure, plain.flagged) == (full.n, full.figure, 0)
