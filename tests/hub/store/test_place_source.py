"""A hub and its kiosks give the same numbers: the figures of a place are those that the kiosk itself works out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import islice, product
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.answer import Answer, Visit
from kiosk.clock import SystemClock
from kiosk.config import Config, load_config
from kiosk.demo.records import DemoYear
from kiosk.hub.store.database import Database
from kiosk.hub.store.place_source import PlaceSource
from kiosk.hub.store.places import Place, place
from kiosk.results.hours import by_hour, heat_map
from kiosk.results.period import Period, last_days
from kiosk.results.question import scale_of
from kiosk.results.trend import trend
from kiosk.store.figures import figures_of, plain_figures_of
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.wire.event import SURVEY
from kiosk.wire.writing import answer_event, plain_event, visit_event
from tests.conftest import SHIPPED
from tests.hub.store.kiosks import NOON_MS, let_in, send

SUNDAY = date(2026, 11, 22)
PERIODS = (
    Period(date(2026, 11, 21)),
    last_days(SUNDAY, 7),
    last_days(SUNDAY),
    Period(date(2026, 3, 1), SUNDAY),
    Period(SUNDAY),
)


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory, shop: Config) -> Path:
    """Give the database of a kiosk that had a year, with marked answers and an unsynced boot in it."""
    path = tmp_path_factory.mktemp("kiosk") / "kiosk.db"
    with Store.open(path, SystemClock()) as store:
        store.add_many(_odd(DemoYear(shop, SUNDAY, 2_000, 7).records()))
    return path


@pytest.fixture(scope="module")
def shop() -> Config:
    """Give the shipped survey."""
    return load_config(SHIPPED)


@pytest.fixture
def sent(kiosk: Path, database: Database, shop: Config) -> Place:
    """Give the place of a kiosk that has sent everything."""
    device = let_in(database)
    with closing(Reader(kiosk)) as reader:
        events = [
            (each.answer.seq, answer_event(each.answer, each.corrected_ms, device.id)) for each in reader.answers()
        ]
        events += [(each.visit.seq, visit_event(each.visit, each.corrected_ms, device.id)) for each in reader.visits()]
    ordered = iter([event for _, event in sorted(events, key=lambda pair: pair[0] or 0)])
    while batch := list(islice(ordered, 500)):
        assert not send(database, device, *batch).rejected
    document = {
        name: part
        for name, part in tomllib.loads(SHIPPED.read_text()).items()
        if name in ("kiosk", "question", "results")
    }
    told = {"revision": shop.survey.revision, "document": document}
    send(database, device, plain_event(SURVEY, uuid4(), NOON_MS, device.id, told))
    with database.read() as connection:
        found = place(connection, device.location_id)
    assert found is not None
    return found


def test_the_figures_are_those_of_the_kiosk(kiosk: Path, sent: Place, database: Database, shop: Config) -> None:
    assert sent.config is not None
    with closing(Reader(kiosk)) as reader, database.read() as connection:
        source = PlaceSource(connection, sent.devices, sent.config)
        for period, figures in product(PERIODS, (plain_figures_of, figures_of)):
            at_the_kiosk = figures(reader, shop, period).as_json()
            at_the_hub = figures(source, sent.config, period).as_json()
            assert {**at_the_hub, "location": shop.kiosk.location} == at_the_kiosk


def test_charts_by_time_are_those_of_the_kiosk(kiosk: Path, sent: Place, database: Database, shop: Config) -> None:
    assert sent.config is not None
    period, scale, ends = last_days(SUNDAY), scale_of(shop.survey.first), shop.kiosk.day_ends_at
    bounds = period.bounds(shop.zone, ends)
    with closing(Reader(kiosk)) as reader, database.read() as connection:
        source = PlaceSource(connection, sent.devices, sent.config)
        here, there = (list(each.slots(scale, ends, *bounds)) for each in (source, reader))
        by_day = source.day_slots(scale, period)
    assert sum(slot.n for slot in here) > 50
    for chart in (by_hour, heat_map):
        assert chart(here, scale, sent.config).as_json() == chart(there, scale, shop).as_json()
    of_kiosk = trend(there, scale, period, shop).as_json()
    assert trend(here, scale, period, sent.config).as_json() == of_kiosk
    assert trend(by_day, scale, period, sent.config).as_json() == of_kiosk


def _odd(records: Iterator[Answer | Visit]) -> Iterator[Answer | Visit]:
    """Mark some answers as the kiosk does, and let its clock be unsynced for a while."""
    for number, record in enumerate(records):
        if isinstance(record, Answer) and number % 97 == 0:
            yield replace(record, marks=(*record.marks, "hammer"))
        elif 2_000 < number < 2_100:
            yield replace(record, clock_state="unsynced")
        else:
            yield record
