"""A database from before days were closed becomes one whose days can be: whole, or not at all."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from kiosk.answer import Answer, Visit
from kiosk.store import writes
from kiosk.store.chain import check_chain
from kiosk.store.connection import APPLICATION_ID
from kiosk.store.engine import writing
from kiosk.store.migrations import migrate
from kiosk.store.reader import Reader
from kiosk.store.rows import moment_row
from kiosk.store.store import Store
from kiosk.store.tables import DEVICE

if TYPE_CHECKING:
    from kiosk.config import Config
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

ROOT = Path(__file__).parents[2]
ANSWERS = 50
UNCUT = "not cut"

KILLED_MIGRATION = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from kiosk.store.migrations import migrate

def cut(connection, cursor, statement, *_):
    if sys.argv[2] in statement:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "after_cursor_execute", cut)
migrate(Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def old(database: Path, make: Maker, clock: WoundClock) -> Path:
    """Give a file of schema 1 with answers, texts and visits of one day."""
    database.parent.mkdir(parents=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(database, schema=1)
    device = {"only": 1, "id": str(make.answer().id), "next_seq": 1, **moment_row(clock.now())}
    with writing(database).begin() as transaction:
        transaction.execute(insert(DEVICE).values(device))
        writes.write_many(transaction, _records(make))
    return database


def _records(make: Maker) -> list[Answer | Visit]:
    records: list[Answer | Visit] = []
    for place in range(ANSWERS):
        answer = make.answer(kind="text", text="kylmää") if place % 5 == 0 else make.answer()
        records += [answer, make.visit(visit_id=answer.visit_id)]
    return records


def _content(database: Path) -> tuple[list[tuple[object, ...]], ...]:
    with closing(sqlite3.connect(database)) as connection:
        return tuple(
            connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("answer", "visit")
        )


def test_every_record_comes_along_and_its_day_can_be_closed(
    old: Path, clock: WoundClock, shipped: Config, peek: Callable[..., list[tuple[object, ...]]]
) -> None:
    before = _content(old)
    with Store.open(old, clock) as store:
        assert _content(old) == before
        closed = store.close_day(date(2026, 11, 22), shipped)
    assert (closed.number, closed.last_seq) == (1, 2 * ANSWERS)
    assert check_chain(old).broken is None
    assert peek("PRAGMA user_version") == [(3,)]


def test_a_file_from_before_has_no_closed_days(old: Path) -> None:
    assert check_chain(old) == (0, None, None)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE day_close",
        "CREATE TRIGGER seal_never_goes",
        "UPDATE alembic_version",
        "PRAGMA user_version",
        UNCUT,
    ],
)
def test_a_migration_that_is_killed_leaves_the_one_or_the_other(
    statement: str, old: Path, clock: WoundClock, shipped: Config
) -> None:
    before = _content(old)
    program = [sys.executable, "-c", KILLED_MIGRATION, str(old), statement]
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run(program, cwd=ROOT, env=surroundings, check=False).returncode == -signal.SIGKILL
    with closing(sqlite3.connect(old)) as connection:
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'day_close%'").fetchone()
    assert schema == (3 if statement == UNCUT else 1) and bool(tables) == (schema == 3)
    with Store.open(old, clock) as store:
        assert store.quarantined is None
        assert store.close_day(date(2026, 11, 22), shipped).last_seq == 2 * ANSWERS
    assert _content(old) == before
    with Reader(old) as reader:
        assert next(reader.closes()).number == 1
