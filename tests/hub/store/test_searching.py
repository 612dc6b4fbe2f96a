"""Figures with and without what the rules of misuse find, over as many days as there is time for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from kiosk.config import Config
from kiosk.hub.store.database import Database
from kiosk.hub.store.place_source import PlaceSource
from kiosk.hub.store.places import Place, place
from kiosk.hub.store.searching import Searched, searched_figures
from kiosk.results.period import Period
from kiosk.store.figures import figures_of
from tests.hub.access.places import survey_event
from tests.hub.store.kiosks import NOON_MS, Maker, let_in, send

DAY_MS = 86_400_000
SUNDAY = date(2026, 11, 22)
A_DAY = 12
"""Answers on each of the days."""
WEEKS = Period(SUNDAY - timedelta(days=20), SUNDAY)
LESSONS = 28 * A_DAY


@pytest.fixture
def shop(database: Database, shipped: Config) -> Place:
    """Give a place with 60 days of mixed answers; every one of them ended with ten angry taps in a row."""
    device = let_in(database)
    make = Maker(device.id)
    send(database, device, survey_event(device, shipped, "Kamppi"))
    for back in reversed(range(60)):
        noon_ms = NOON_MS - back * DAY_MS
        values = [5, 4, *([1] * 10)]
        stored = [("hammer",), *[()] * 11]
        answers = [
            make.answer(noon_ms + number * 300_000, question="visit", value=value, marks=marks)
            for number, (value, marks) in enumerate(zip(values, stored, strict=True))
        ]
        send(database, device, *answers)
    with database.read() as connection:
        found = place(connection, device.location_id)
    assert found is not None
    return found


@contextmanager
def source_of(database: Database, shop: Place) -> Iterator[tuple[PlaceSource, Config]]:
    assert shop.config is not None
    with database.read() as connection:
        yield PlaceSource(connection, shop.devices, shop.config), shop.config


def searched(database: Database, shop: Place, most: int) -> Searched:
    with source_of(database, shop) as (source, config):
        return searched_figures(source, config, WEEKS, most)


def test_with_time_for_all_days_the_figures_are_those_of_the_report(database: Database, shop: Place) -> None:
    with source_of(database, shop) as (source, config):
        reported = figures_of(source, config, WEEKS)
    found = searched(database, shop, 10_000)
    assert found.days == WEEKS
    assert found.figures.as_json() == reported.as_json()
    assert found.figures.questions[0].flagged > 21


def test_as_many_days_are_searched_as_there_is_time_for(database: Database, shop: Place) -> None:
    assert searched(database, shop, LESSONS + 5 * A_DAY).days == Period(SUNDAY - timedelta(days=4), SUNDAY)
    assert searched(database, shop, LESSONS + 5 * A_DAY - 1).days == Period(SUNDAY - timedelta(days=3), SUNDAY)
    assert searched(database, shop, LESSONS + 21 * A_DAY).days == WEEKS


def test_the_last_day_is_searched_however_much_it_is(database: Database, shop: Place) -> None:
    assert searched(database, shop, 1).days == Period(SUNDAY)


def test_before_the_days_that_were_searched_the_kiosks_own_marks_are_known(database: Database, shop: Place) -> None:
    with source_of(database, shop) as (source, config):
        (of_sunday,) = (figures_of(source, config, Period(SUNDAY)).questions[0],)
    main = searched(database, shop, 1).figures.questions[0]
    assert main.n == 21 * A_DAY
    assert main.flagged == of_sunday.flagged + 20
    assert main.marks == {**of_sunday.marks, "hammer": 21}
    assert main.unflagged is not None and main.unflagged.n == main.n - main.flagged
