"""What is handed to the store is on the disk when its future is done, once, and in order."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import wait
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from kiosk.answer import Answer, Outcome
from kiosk.errors import StoreError, StoreInUse
from kiosk.store import writer as writer_module
from kiosk.store.lock import Lock
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from tests.patience import PATIENCE_SECONDS

if TYPE_CHECKING:
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

Peek = Callable[..., list[tuple[Any, ...]]]
Opening = Callable[[], Store]


def test_what_a_future_confirms_can_be_read_from_outside(store: Store, make: Maker, peek: Peek) -> None:
    answer = make.answer(value=5)
    store.add(answer).result()
    assert peek("SELECT id, visit_id, value FROM answer") == [(str(answer.id), str(answer.visit_id), 5)]


def test_a_record_comes_back_as_it_was_given(store: Store, make: Maker, database: Path) -> None:
    given = [
        make.answer(context={"vuoro": "aamu", "tilaus": "Ä-17"}, marks=("burst",), touchpoint="kassa"),
        make.answer(kind="choice", choices=("queue", "price")),
        make.answer(kind="text", text="Jonotus kesti 🙂"),
        make.answer(kind="nps", points=11, value=0),
    ]
    given.append(make.answer(value=None, supersedes=given[0].id, visit_id=given[0].visit_id))
    visit = make.visit(outcome=Outcome.SKIPPED, follow_ups=("why",), review_shown=True, answering_ms=3, duration_ms=9)
    for answer in given:
        store.add(answer).result()
    store.add(visit).result()
    with Reader(database) as reader:
        assert [stored.answer for stored in reader.answers()] == [
            replace(answer, seq=number) for number, answer in enumerate(given, 1)
        ]
        assert [stored.visit for stored in reader.visits()] == [replace(visit, seq=6)]


def test_all_records_of_the_device_share_one_counter_without_gaps(store: Store, make: Maker, peek: Peek) -> None:
    wait([store.add(make.answer() if number % 3 else make.visit()) for number in range(12)])
    assert peek("SELECT seq FROM answer UNION ALL SELECT seq FROM visit ORDER BY seq") == [(n,) for n in range(1, 13)]


def test_a_refused_record_leaves_no_gap_and_harms_no_other(store: Store, make: Maker, peek: Peek) -> None:
    store.add(make.answer()).result()
    with pytest.raises(StoreError, match="scale"):
        store.add(make.answer(value=9)).result()
    store.add(make.answer()).result()
    assert peek("SELECT seq FROM answer") == [(1,), (2,)]


@pytest.mark.parametrize(
    "broken", [{"boot_ms": 2**70}, {"language": "\ud800"}, {"value": b"5"}, {"context": {"k": 1j}}]
)
def test_what_cannot_be_stored_fails_with_a_sentence(store: Store, make: Maker, broken: dict[str, Any]) -> None:
    with pytest.raises(StoreError, match=r"did not take it"):
        store.add(make.answer(**broken)).result()
    store.add(make.answer()).result()


def test_the_same_record_again_is_kept_once(store: Store, make: Maker, peek: Peek) -> None:
    answer, visit = make.answer(), make.visit()
    for record in (answer, visit, answer, visit):
        store.add(record).result()
    assert peek("SELECT (SELECT count(*) FROM answer), (SELECT count(*) FROM visit)") == [(1, 1)]


def test_another_content_under_the_same_id_is_an_error(store: Store, make: Maker, peek: Peek) -> None:
    answer = make.answer(value=2)
    store.add(answer).result()
    with pytest.raises(StoreError, match="another content"):
        store.add(replace(answer, value=5)).result()
    assert peek("SELECT value FROM answer") == [(2,)]


def test_an_erased_record_may_be_added_again_without_its_text_coming_back(
    store: Store, make: Maker, peek: Peek, clock: WoundClock
) -> None:
    answer = make.answer(kind="text", text="Soittakaa")
    store.add(answer).result()
    store.erase_texts(clock.now().at_ms + 1).result()
    store.add(answer).result()
    assert peek("SELECT text FROM answer") == [(None,)]


def test_a_future_cannot_be_cancelled_away_from_the_disk(store: Store, make: Maker, peek: Peek) -> None:
    held = threading.Event()
    store._writer.submit(lambda _: held.wait(PATIENCE_SECONDS))
    future = store.add(make.answer())
    assert not future.cancel()
    held.set()
    future.result(PATIENCE_SECONDS)
    assert peek("SELECT count(*) FROM answer") == [(1,)]


def test_closing_finishes_what_was_handed_in(store: Store, make: Maker, peek: Peek, database: Path) -> None:
    futures = [store.add(make.answer()) for _ in range(50)]
    store.close()
    assert all(future.done() and future.exception() is None for future in futures)
    assert not database.with_name("kiosk.db-wal").exists()
    assert peek("SELECT count(*) FROM answer") == [(50,)]


def test_closing_twice_is_harmless_and_a_closed_store_takes_nothing(store: Store, make: Maker) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.add(make.answer()).result()


def test_closing_does_not_wait_for_a_reader_for_ever(store: Store, make: Maker, database: Path) -> None:
    store.add_many(make.answer() for _ in range(2000))
    with Reader(database) as reader:
        rows = reader.answers()
        next(rows)
        store.add(make.answer()).result()
        began = time.monotonic()
        store.close()
        assert time.monotonic() - began < PATIENCE_SECONDS
        assert sum(1 for _ in rows) == 1999


def test_the_lock_goes_with_the_store(open_store: Opening) -> None:
    first = open_store()
    with pytest.raises(StoreInUse):
        open_store()
    first.close()
    open_store()


def test_a_lock_handed_in_stays_with_the_caller_until_the_store_is_open(database: Path, clock: WoundClock) -> None:
    lock = Lock.take(database)
    database.write_text("a letter")
    with pytest.raises(StoreError):
        Store.open(database, clock, lock)
    with pytest.raises(StoreInUse):
        Lock.take(database)
    database.unlink()
    Store.open(database, clock, lock).close()
    Lock.take(database).release()


def test_the_device_keeps_its_id(open_store: Opening, database: Path) -> None:
    store = open_store()
    device_id = store.device_id
    assert isinstance(device_id, UUID)
    store.close()
    assert open_store().device_id == device_id
    with Reader(database) as reader:
        assert reader.device_id == device_id


def test_many_records_are_counted_in_the_order_given(store: Store, make: Maker, peek: Peek) -> None:
    records = [make.answer() if number % 2 else make.visit() for number in range(7000)]
    assert store.add_many(iter(records)) == 7000
    ids = peek("SELECT id FROM (SELECT seq, id FROM answer UNION ALL SELECT seq, id FROM visit) ORDER BY seq")
    assert ids == [(str(record.id),) for record in records]


def test_notes_are_kept_with_their_time(store: Store, clock: WoundClock, peek: Peek) -> None:
    store.note("exported", "137 answers").result()
    at_ms = clock.now().at_ms
    assert peek("SELECT event, detail, at_ms FROM staff_log") == [("exported", "137 answers", at_ms)]


def test_erasing_takes_old_texts_alone(store: Store, make: Maker, clock: WoundClock, peek: Peek) -> None:
    store.add(make.answer(kind="text", text="old")).result()
    store.add(make.answer()).result()
    clock.wind(1)
    store.add(make.answer(kind="text", text="new")).result()
    assert store.erase_texts(clock.now().at_ms).result() == 1
    assert store.erase_texts(clock.now().at_ms).result() == 0
    erased_ms = clock.now().at_ms
    expected = [(None, erased_ms), (None, None), ("new", None)]
    assert peek("SELECT text, erased_ms FROM answer ORDER BY seq") == expected


def test_an_erased_text_is_in_no_file_any_longer(store: Store, make: Maker, clock: WoundClock, database: Path) -> None:
    secret = "Puhelinnumeroni on 040 1234567, soittakaa " * 200
    database.with_name("kiosk.db.before-migration").write_text(secret)
    store.add(make.answer(kind="text", text=secret)).result()
    store.erase_texts(clock.now().at_ms + 1).result()
    for path in database.parent.iterdir():
        assert b"040 1234567" not in path.read_bytes(), path.name


def test_the_log_is_brought_in_when_nobody_comes(
    open_store: Opening, make: Maker, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "IDLE_SECONDS", 0.01)
    store = open_store()
    answer = make.answer()
    store.add(answer).result()
    deadline = time.monotonic() + 5
    while not _in_file_itself(database, answer) and time.monotonic() < deadline:
        store._writer._thread.join(0.01)
    assert _in_file_itself(database, answer)


def _in_file_itself(database: Path, answer: Answer) -> bool:
    """Look at the file as it is without its log."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return bool(connection.execute("SELECT 1 FROM answer WHERE id = ?", (str(answer.id),)).fetchall())
