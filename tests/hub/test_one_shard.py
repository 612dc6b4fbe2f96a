"""Every write names one kiosk: the conftest watches all statements of the hub's tests, and this watches the watch."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from kiosk.hub.store.database import Database
from kiosk.hub.store.privacy import erase_text, forget_old_texts
from kiosk.hub.store.tables import METADATA
from kiosk.hub.store.tables.records import ANSWER, TOMBSTONE
from tests.hub.one_shard import ManyShards, require_one, watched
from tests.hub.store.kiosks import NOON_MS, Maker, let_in, send

ONE, OTHER = uuid4(), uuid4()
OF_KIOSKS = {name for name, table in METADATA.tables.items() if "device_id" in table.c}


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        (insert(TOMBSTONE), [{"device_id": ONE}, {"device_id": ONE}]),
        (insert(TOMBSTONE).values(device_id=ONE), []),
        (insert(TOMBSTONE).values([{"device_id": ONE}, {"device_id": ONE}]), []),
        (update(ANSWER).where(ANSWER.c.device_id == ONE, ANSWER.c.text != ""), []),
        (update(ANSWER).where(ANSWER.c.device_id == bindparam("kiosk")), [{"kiosk": ONE}, {"kiosk": ONE}]),
        (delete(ANSWER).where(ANSWER.c.device_id == ONE).where(ANSWER.c.id == OTHER), []),
    ],
)
def test_a_statement_that_names_one_kiosk_passes(statement: Any, rows: list[dict[str, UUID]]) -> None:
    require_one(statement, statement.table, rows)


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        (insert(TOMBSTONE), [{"device_id": ONE}, {"device_id": OTHER}]),
        (insert(TOMBSTONE), [{"answer_id": ONE}]),
        (insert(TOMBSTONE).values([{"device_id": ONE}, {"device_id": OTHER}]), []),
        (insert(TOMBSTONE).from_select(["device_id", "answer_id"], select(ANSWER.c.device_id, ANSWER.c.id)), []),
        (update(ANSWER).where(ANSWER.c.text != ""), []),
        (update(ANSWER), []),
        (update(ANSWER).where(or_(ANSWER.c.device_id == ONE, ANSWER.c.id == ONE)), []),
        (update(ANSWER).where(ANSWER.c.device_id == bindparam("kiosk")), [{"kiosk": ONE}, {"kiosk": OTHER}]),
        (update(ANSWER).where(ANSWER.c.device_id == TOMBSTONE.c.device_id), []),
        (delete(ANSWER).where(ANSWER.c.device_id.in_([ONE, OTHER])), []),
    ],
)
def test_a_statement_that_names_none_or_several_is_found(statement: Any, rows: list[dict[str, UUID]]) -> None:
    with pytest.raises(ManyShards):
        require_one(statement, statement.table, rows)


def test_what_the_hub_executes_is_looked_at(database: Database) -> None:
    def careless(connection: Connection) -> None:
        connection.execute(update(ANSWER).values(text=""))

    with pytest.raises(ManyShards):
        database.write(careless)


def test_a_kiosks_whole_life_is_written_one_kiosk_at_a_time(database: Database) -> None:
    seen: set[str] = set()
    with watched(seen):
        for device in (let_in(database), let_in(database)):
            maker = Maker(device.id)
            words = maker.answer(kind="text", question="words", text="Soita")
            first = maker.answer()
            changed = maker.answer(value=1, supersedes=UUID(first["id"]))
            choice = maker.answer(kind="choice", question="why", choices=("queue",))
            others = [maker.visit(), maker.erasure(words["id"]), maker.report(), maker.survey("0123456789ab")]
            send(database, device, words, first, changed, choice, *others)
            later = maker.answer(kind="text", question="words", text="Soita")
            send(database, device, words, later)
            erase_text(database, UUID(later["id"]), NOON_MS)
            send(database, device, maker.answer(kind="text", question="words", text="Soita"))
        forget_old_texts(database, NOON_MS + 100 * 86_400_000)
    assert seen >= {
        *("answer", "visit", "tombstone", "slot_count", "day_count", "choice_count", "outcome_count"),
        *("device_state", "survey"),
    }
    assert seen <= OF_KIOSKS


def test_every_unique_key_of_kiosks_data_begins_with_the_kiosk() -> None:
    for name in OF_KIOSKS:
        table = METADATA.tables[name]
        assert next(iter(table.primary_key)).name == "device_id", name
        for index in table.indexes:
            assert not index.unique or next(iter(index.columns)).name == "device_id", index.name
