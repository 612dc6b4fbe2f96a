"""What is to be sent comes in the order it was counted, and what became of it is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.answer import Answer, Visit, new_id
from kiosk.store.chain import check_chain
from kiosk.store.delivery import Confirmation, Delivery, Erasure, Refusal
from kiosk.store.reader import Reader
from kiosk.store.store import Store

if TYPE_CHECKING:
    from kiosk.config import Config
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

HUB = "hub 0190"


@pytest.fixture
def reader(store: Store, database: Path) -> Reader:
    return Reader(database)


def _fill(store: Store, make: Maker, visits: int) -> list[Answer | Visit]:
    records: list[Answer | Visit] = []
    for _ in range(visits):
        answer = make.answer(kind="text", text="kylmää")
        records += [answer, make.visit(visit_id=answer.visit_id)]
    store.add_many(records)
    return records


def test_records_of_all_kinds_come_in_the_order_they_were_counted(
    store: Store, reader: Reader, make: Maker, clock: WoundClock
) -> None:
    records = _fill(store, make, 3)
    store.erase_texts(clock.at_ms + 1).result()
    store.add(make.answer()).result()
    sent = reader.outbox(0, 100)
    assert [each.seq for each in sent] == list(range(1, 11))
    assert [each.record.id for each in sent[:6]] == [record.id for record in records]
    erased = [each.record for each in sent[6:9]]
    assert [each.answer_id for each in erased if isinstance(each, Erasure)] == [each.id for each in records[::2]]
    assert {each.corrected_ms for each in sent} == {clock.at_ms}


def test_the_outbox_goes_on_where_it_was_left_and_gives_no_more_than_asked_for(
    store: Store, reader: Reader, make: Maker
) -> None:
    _fill(store, make, 5)
    seen, after = [], 0
    while batch := reader.outbox(after, 3):
        assert len(batch) <= 3
        seen += [each.seq for each in batch]
        after = seen[-1]
    assert seen == list(range(1, 11))


def test_a_text_that_was_erased_leaves_without_its_words(
    store: Store, reader: Reader, make: Maker, clock: WoundClock
) -> None:
    _fill(store, make, 1)
    store.erase_texts(clock.at_ms + 1).result()
    first = reader.outbox(0, 1)[0].record
    assert isinstance(first, Answer) and first.text == ""


def test_one_answers_text_is_erased_once(store: Store, reader: Reader, make: Maker, clock: WoundClock) -> None:
    text, plain = make.answer(kind="text", text="kylmää"), make.answer()
    store.add_many([text, plain])
    assert [store.erase_text(each).result() for each in (text.id, text.id, plain.id, new_id(clock.now()))] == [
        1,
        0,
        0,
        0,
    ]
    (erasure,) = [each.record for each in reader.outbox(0, 9) if isinstance(each.record, Erasure)]
    assert (erasure.answer_id, erasure.erased_ms, erasure.seq) == (text.id, clock.at_ms, 3)


def test_an_erasure_breaks_no_closed_day(
    store: Store, make: Maker, clock: WoundClock, shipped: Config, database: Path
) -> None:
    records = _fill(store, make, 2)
    store.close_day(date(2026, 11, 22), shipped)
    clock.wind(86_400)
    store.erase_text(records[0].id).result()
    assert store.close_day(date(2026, 11, 23), shipped).erased == 1
    clock.wind(86_400)
    assert store.close_day(date(2026, 11, 24), shipped).last_seq == 5
    assert check_chain(database).broken is None


def test_each_destination_has_a_cursor_of_its_own(store: Store, reader: Reader, make: Maker, clock: WoundClock) -> None:
    _fill(store, make, 2)
    began_ms = clock.at_ms
    clock.wind(60)
    store.confirm(Confirmation(HUB, 3, highest_seq=3)).result()
    hub, webhook = reader.deliveries([HUB, "webhook till"])
    assert hub == Delivery(HUB, 3, 3, clock.at_ms, waiting=1, oldest_ms=began_ms)
    assert webhook == Delivery("webhook till", waiting=4, oldest_ms=began_ms)


def test_trouble_is_kept_with_its_beginning_until_the_next_success(
    store: Store, reader: Reader, clock: WoundClock
) -> None:
    began_ms = clock.at_ms
    for trouble in ("unreachable", "unreachable"):
        store.note_trouble(HUB, trouble).result()
        clock.wind(60)
    (delivery,) = reader.deliveries([HUB])
    assert (delivery.trouble, delivery.trouble_ms, delivery.confirmed_ms) == ("unreachable", began_ms, None)
    store.confirm(Confirmation(HUB, 0)).result()
    (delivery,) = reader.deliveries([HUB])
    assert (delivery.trouble, delivery.trouble_ms, delivery.confirmed_ms) == (None, None, clock.at_ms)


def test_what_is_refused_is_parked_once_and_never_vanishes(
    store: Store, reader: Reader, make: Maker, clock: WoundClock
) -> None:
    records = _fill(store, make, 2)
    refusal = Refusal(2, records[1].id, "invalid", "data.outcome: unknown")
    for _ in range(2):
        store.confirm(Confirmation(HUB, 4, (refusal,))).result()
    (parked,) = reader.refused()
    assert (parked.destination, parked.refusal, parked.at_ms) == (HUB, refusal, clock.at_ms)
    assert [delivery.refused for delivery in reader.deliveries([HUB, "other"])] == [1, 0]
    assert not list(reader.refused(["other"]))


def test_nobody_confirms_what_was_not_counted(store: Store, make: Maker) -> None:
    store.add(make.answer()).result()
    with pytest.raises(Exception, match="not counted"):
        store.confirm(Confirmation(HUB, 2)).result()


def test_a_boot_without_a_set_clock_can_be_dated(
    store: Store, reader: Reader, make: Maker, boot: Callable[..., None]
) -> None:
    boot("boot-2", 1_000, 60_000, "unsynced")
    store.add(make.answer()).result()
    store.date_boot("boot-2", 1_795_000_000_000).result()
    store.date_boot("boot-2", 5).result()
    assert reader.outbox(0, 1)[0].corrected_ms == 1_795_000_060_000


@pytest.mark.parametrize("table", ["erasure", "refused", "delivery"])
def test_the_tables_keep_what_they_were_given(
    store: Store, make: Maker, clock: WoundClock, database: Path, table: str
) -> None:
    records = _fill(store, make, 1)
    store.erase_text(records[0].id).result()
    store.confirm(Confirmation(HUB, 1, (Refusal(1, records[0].id, "invalid", ""),))).result()
    store.close()
    with closing(sqlite3.connect(database)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
            connection.execute(f"DELETE FROM {table}")
        with pytest.raises(sqlite3.IntegrityError, match=r"is there already"):
            connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        if table != "delivery":
            with pytest.raises(sqlite3.IntegrityError, match="never change"):
                connection.execute(f"UPDATE {table} SET seq = seq")


def test_an_erasure_needs_an_erased_answer(store: Store, make: Maker, database: Path) -> None:
    answer = make.answer(kind="text", text="kylmää")
    store.add(answer).result()
    store.close()
    row: tuple[Any, ...] = (1, "boot", 1, "synced", 9, "f" * 36, str(answer.id))
    with closing(sqlite3.connect(database)) as connection, pytest.raises(sqlite3.IntegrityError, match="follows"):
        connection.execute("INSERT INTO erasure VALUES (?, ?, ?, ?, ?, ?, ?)", row)
