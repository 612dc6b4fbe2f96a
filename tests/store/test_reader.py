"""Reading goes on beside the writing, by corrected time, and says what became of each record."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import ClauseElement
from sqlalchemy.dialects import sqlite

from kiosk.answer import STAFF_TEST, Outcome
from kiosk.errors import StoreError
from kiosk.results.tally import Scale
from kiosk.store import counts, queries
from kiosk.store.columns import REPEATED, SINGLE
from kiosk.store.engine import reading
from kiosk.store.reader import Reader
from kiosk.store.store import Store

if TYPE_CHECKING:
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

Boot = Callable[..., None]
SYNCED_AT = int(datetime(2026, 3, 5, 9, 5, tzinfo=UTC).timestamp() * 1000)
GIVEN_AT = int(datetime(2026, 3, 5, 9, 2, tzinfo=UTC).timestamp() * 1000)
LONG_AGO = int(datetime(2019, 1, 1, tzinfo=UTC).timestamp() * 1000)


def _times(database: Path, from_ms: int | None = None, to_ms: int | None = None) -> list[int]:
    with Reader(database) as reader:
        return [stored.corrected_ms for stored in reader.answers(from_ms, to_ms)]


@pytest.fixture(params=["answer", "visit", "note"])
def answer_before_the_sync(
    request: pytest.FixtureRequest, store: Store, make: Maker, boot: Boot, database: Path
) -> Path:
    """An answer 120 s after the boot; 300 s after it, in some row, the clock is seen to be right."""
    boot("boot-2", LONG_AGO, 120_000, "unsynced")
    store.add(make.answer()).result()
    boot("boot-2", SYNCED_AT, 300_000, "synced")
    sighting = {
        "answer": lambda: store.add(make.answer()),
        "visit": lambda: store.add(make.visit()),
        "note": lambda: store.note("clock synced"),
    }
    sighting[request.param]().result()
    return database


def test_an_answer_from_before_the_sync_is_dated_by_it(answer_before_the_sync: Path) -> None:
    with Reader(answer_before_the_sync) as reader:
        stored = next(reader.answers())
    assert stored.corrected_ms == GIVEN_AT
    assert stored.answer.at_ms == LONG_AGO


def test_a_period_means_corrected_times(answer_before_the_sync: Path) -> None:
    assert _times(answer_before_the_sync, GIVEN_AT, GIVEN_AT + 1) == [GIVEN_AT]
    assert _times(answer_before_the_sync, GIVEN_AT + 1, SYNCED_AT) == []
    assert _times(answer_before_the_sync, LONG_AGO, LONG_AGO + 1) == []
    assert _times(answer_before_the_sync, to_ms=SYNCED_AT) == [GIVEN_AT]
    assert _times(answer_before_the_sync, from_ms=GIVEN_AT)[0] == GIVEN_AT


def test_other_boots_and_battery_clocks_are_left_as_they_claimed(
    store: Store, make: Maker, boot: Boot, database: Path
) -> None:
    for boot_id, state in (("boot-2", "unsynced"), ("boot-3", "rtc")):
        boot(boot_id, LONG_AGO, 120_000, state)
        store.add(make.answer()).result()
    boot("boot-3", SYNCED_AT, 300_000)
    store.add(make.answer()).result()
    assert _times(database) == [LONG_AGO, LONG_AGO, SYNCED_AT]
    assert _times(database, LONG_AGO, LONG_AGO + 1) == [LONG_AGO, LONG_AGO]


def test_the_first_sync_of_a_boot_dates_it(store: Store, make: Maker, boot: Boot, database: Path) -> None:
    boot("boot-2", LONG_AGO, 120_000, "unsynced")
    store.add(make.answer()).result()
    boot("boot-2", SYNCED_AT, 300_000)
    store.note("clock synced").result()
    boot("boot-2", SYNCED_AT + 90_000_000, 400_000)
    store.note("opened").result()
    assert _times(database) == [GIVEN_AT]


def test_texts_are_erased_by_corrected_time(answer_before_the_sync: Path, store: Store, make: Maker) -> None:
    text = make.answer(kind="text", text="hyvä", boot_ms=120_000, clock_state="unsynced", at_ms=LONG_AGO)
    store.add(text).result()
    assert store.erase_texts(GIVEN_AT).result() == 0
    assert store.erase_texts(GIVEN_AT + 1).result() == 1


def test_a_period_contains_its_first_instant_and_not_its_last(
    store: Store, make: Maker, clock: WoundClock, database: Path
) -> None:
    first = clock.now().at_ms
    for _ in range(3):
        store.add(make.answer()).result()
        store.add(make.visit()).result()
        clock.wind(0.01)
    assert _times(database, first, first + 20) == [first, first + 10]
    with Reader(database) as reader:
        assert [stored.corrected_ms for stored in reader.visits(first, first + 20)] == [first, first + 10]
        assert reader.outcomes(first, first + 20) == {Outcome.COMPLETE: 2}


def test_an_answer_knows_what_became_of_it(store: Store, make: Maker, database: Path) -> None:
    first = make.answer(value=2)
    second = make.answer(value=4, visit_id=first.visit_id, supersedes=first.id)
    for record in (first, second, make.visit(visit_id=first.visit_id), make.answer()):
        store.add(record).result()
    with Reader(database) as reader:
        became = [(stored.superseded, stored.outcome) for stored in reader.answers()]
    assert became == [(True, Outcome.COMPLETE), (False, Outcome.COMPLETE), (False, None)]


def test_columns_say_the_same_as_answers_one_by_one(
    answer_before_the_sync: Path, store: Store, make: Maker, clock: WoundClock
) -> None:
    first = make.answer(value=2, marks=("burst",), context={"order": "7", "shift": "ilta"})
    second = make.answer(value=None, visit_id=first.visit_id, supersedes=first.id)
    chosen = make.answer(kind="choice", value=None, choices=("queue", "price"), visit_id=first.visit_id)
    words = make.answer(kind="text", value=None, text="Soittakaa")
    store.add_many([first, second, chosen, words, make.visit(visit_id=first.visit_id)])
    store.erase_texts(clock.now().at_ms + 1).result()
    with Reader(answer_before_the_sync) as reader:
        one_by_one = list(reader.answers())
        (columns,) = reader.answer_columns()
        assert reader.count_answers() == len(columns) == len(one_by_one)
        assert reader.context_keys() == ["order", "shift"]
    worked_out = {"superseded", "outcome", "corrected_ms"}
    for name in (*SINGLE, *REPEATED):
        stored = [getattr(each if name in worked_out else each.answer, name) for each in one_by_one]
        assert list(getattr(columns, name)) == [str(cell) if isinstance(cell, UUID) else cell for cell in stored]


def test_columns_come_in_parts_and_leave_nothing_out(
    store: Store, make: Maker, clock: WoundClock, database: Path
) -> None:
    first_ms = clock.now().at_ms
    store.add_many(make.answer(at_ms=first_ms + number) for number in range(3000))
    with Reader(database) as reader:
        parts = list(reader.answer_columns(first_ms, first_ms + 2900))
        assert reader.count_answers(first_ms, first_ms + 2900) == 2900
    assert len(parts) > 2
    assert [seq for part in parts for seq in part.seq] == list(range(1, 2901))


def test_an_erased_text_reads_as_an_empty_one(store: Store, make: Maker, clock: WoundClock, database: Path) -> None:
    store.add(make.answer(kind="text", text="Soittakaa")).result()
    store.erase_texts(clock.now().at_ms + 1).result()
    with Reader(database) as reader:
        (stored,) = reader.answers()
        assert (stored.erased, stored.answer.text, stored.answer.is_empty) == (True, "", False)
        (counts,) = reader.count_values().values()
        assert counts.n == 1


def test_reading_sees_what_was_there_when_it_began(store: Store, make: Maker, database: Path) -> None:
    store.add_many(make.answer() for _ in range(3000))
    with Reader(database) as reader:
        rows = reader.answers()
        next(rows)
        store.add(make.answer()).result()
        assert sum(1 for _ in rows) == 2999
        assert sum(1 for _ in reader.answers()) == 3001


def test_reading_everything_takes_no_more_memory_than_reading_a_part(store: Store, make: Maker, database: Path) -> None:
    store.add_many(make.answer() for _ in range(20_000))
    with Reader(database) as reader:
        next(reader.answers())
        tracemalloc.start()
        assert sum(1 for _ in reader.answers(0, 2**53)) == 20_000
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 5_000_000


def test_without_a_database_there_is_nothing_to_read_and_none_is_made(database: Path) -> None:
    with pytest.raises(StoreError, match="no database"):
        Reader(database)
    assert not database.parent.exists()


@pytest.mark.usefixtures("store")
def test_closing_a_reader_twice_is_harmless(database: Path) -> None:
    reader = Reader(database)
    reader.close()
    reader.close()


def test_the_last_of_some_events_is_known(store: Store, database: Path) -> None:
    with Reader(database) as reader:
        assert reader.last_note("out_of_service", "in_service") is None
        for event in ("out_of_service", "in_service", "exported"):
            store.note(event).result()
        assert reader.last_note("out_of_service", "in_service") == "in_service"


def test_visits_of_test_mode_alone_are_no_outcomes(store: Store, make: Maker, database: Path) -> None:
    for marks in ([(STAFF_TEST,)], [(STAFF_TEST,), ()], [("burst",)], []):
        visit_id = uuid4()
        for mark in marks:
            store.add(make.answer(visit_id=visit_id, marks=mark)).result()
        store.add(make.visit(visit_id=visit_id, outcome=Outcome.TIMED_OUT)).result()
    with Reader(database) as reader:
        assert reader.outcomes() == {Outcome.TIMED_OUT: 3}


def _values_by_time(period: queries.Period) -> ClauseElement:
    return counts.values_by_time(Scale("visit", "smiley", 5), 900_000, period)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "query", [queries.answers, queries.visits, queries.outcomes, counts.kinds_of_answers, _values_by_time]
)
def test_a_period_is_found_through_an_index(query: Callable[[queries.Period], ClauseElement], database: Path) -> None:
    sql = query((1, 2)).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with reading(database).connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [step for step in plan if step.startswith(("SCAN answer", "SCAN visit"))]
    assert any("_at (at_ms>? AND at_ms<?)" in step for step in plan)
    assert any("_unsynced (boot_id=? AND boot_ms>? AND boot_ms<?)" in step for step in plan)
