"""The kiosk's own sending against the hub's own receiving, over a port of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select, update

from kiosk.config import Config
from kiosk.hub.app import create_app
from kiosk.hub.store.database import Database
from kiosk.hub.store.tables.fleet import DEVICE_STATE
from kiosk.hub.store.tables.records import ANSWER, TOMBSTONE, VISIT
from kiosk.store.delivery import Confirmation
from kiosk.sync.configuration import HubConfiguration
from kiosk.sync.lines import HubLine, Office
from tests.conftest import WoundClock
from tests.hub.fleet import Fleet, hub_on, served
from tests.sync.conftest import Counter


@pytest.fixture
def fleet(tmp_path: Path, clock: WoundClock) -> Iterator[Fleet]:
    """Run a hub with a new database."""
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}", clock)
    with served(create_app(hub_on(database, clock))) as url:
        yield Fleet(url, database, clock, tmp_path)
    database.close()


@pytest.fixture
def line(counter: Counter, fleet: Fleet, shipped: Config) -> Iterator[HubLine]:
    """Enrol the kiosk, and give what serves the hub."""
    applicant = replace(fleet.applicant(device_id=counter.reader.device_id), folder=counter.database.parent)
    fleet.enrol(applicant)
    from_hub = HubConfiguration(shipped.source, counter.database.parent, counter.clock)
    line = HubLine(Office(shipped, counter.database, counter.clock, counter.store, counter.reader, from_hub))
    yield line
    line.close()


def _drain(line: HubLine) -> int:
    sent = 0
    while True:
        step = line.step()
        assert step.trouble is None, step.detail
        sent += step.sent
        if step.is_done:
            return sent


def _stored(fleet: Fleet) -> tuple[int, int, int]:
    """Count the hub's answers, visits and tombstones."""
    with fleet.database.read() as connection:
        answers, visits, tombstones = (
            int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in (ANSWER, VISIT, TOMBSTONE)
        )
    return answers, visits, tombstones


def _again(counter: Counter, line: HubLine) -> None:
    """Forget how far the hub is."""
    assert line._served is not None
    counter.store.confirm(Confirmation(line._served[1].destination.key, 0)).result()


def test_every_record_arrives_once_however_often_it_is_sent(counter: Counter, fleet: Fleet, line: HubLine) -> None:
    counter.visits(700)
    assert _drain(line) == 1400
    assert _stored(fleet) == (700, 700, 0)
    _again(counter, line)
    assert _drain(line) == 1400
    assert _stored(fleet) == (700, 700, 0)
    assert counter.refused() == []


def test_an_erased_text_is_no_conflict_when_its_answer_comes_again(
    counter: Counter, fleet: Fleet, line: HubLine
) -> None:
    counter.answers(2, kind="text", points=None, value=None, text="soita 040 123")
    _drain(line)
    counter.store.erase_texts(counter.clock.at_ms + 1).result()
    _again(counter, line)
    assert _drain(line) == 4
    assert (_stored(fleet), counter.refused()) == ((2, 0, 2), [])


def test_the_hub_asks_for_the_questions_once(counter: Counter, line: HubLine, shipped: Config) -> None:
    counter.answers(1, survey_revision=shipped.survey.revision)
    _drain(line)
    wanted = [line._reporter._survey_wanted]
    for _ in range(2):
        _drain(line)
        wanted.append(line._reporter._survey_wanted)
    assert wanted == [True, False, False]


def test_the_hub_going_away_and_coming_back_loses_nothing(
    counter: Counter, fleet: Fleet, line: HubLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.visits(10)
    take: Callable[..., object] = Database.write
    monkeypatch.setattr(Database, "write", lambda *_, **__: 1 / 0)
    assert line.step().trouble is not None
    assert _stored(fleet) == (0, 0, 0)
    monkeypatch.setattr(Database, "write", take)
    assert _drain(line) == 20
    assert _stored(fleet) == (10, 10, 0)


def test_a_hub_that_was_brought_back_from_an_older_copy_gets_again_what_it_lost(
    counter: Counter, fleet: Fleet, line: HubLine
) -> None:
    counter.visits(10)
    _drain(line)
    with fleet.database.read() as connection:
        older = connection.execute(select(DEVICE_STATE.c.highest_seq)).scalar_one()
    counter.visits(10)
    _drain(line)
    fleet.database.write(partial(_go_back, seq=older))
    assert _stored(fleet) == (10, 10, 0)
    counter.visits(1)  # the first that it is sent comes after the hole
    _drain(line)
    assert _stored(fleet) == (21, 21, 0)
    assert counter.refused() == []


def _go_back(connection: Connection, seq: int) -> None:
    """Be as the hub was when it had no record above one."""
    for table in (ANSWER, VISIT):
        connection.execute(delete(table).where(table.c.seq > seq))
    connection.execute(update(DEVICE_STATE).values(highest_seq=seq))
