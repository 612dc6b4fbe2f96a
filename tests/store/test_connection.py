"""Every connection sets its safeguards and reads them back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import StoreUnfit
from kiosk.store.connection import connect, pragma
from kiosk.store.engine import reading, writing
from kiosk.store.store import Store

SAFEGUARDS = {
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "temp_store": 2,
    "journal_mode": "wal",
}


@pytest.mark.parametrize("engine_for", [writing, reading])
@pytest.mark.usefixtures("store")
def test_every_connection_has_every_safeguard(database: Path, engine_for: Callable[[Path], object]) -> None:
    with engine_for(database).connect() as connected:  # type: ignore[attr-defined]
        kept = {name: connected.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in SAFEGUARDS}
    assert kept == SAFEGUARDS


def test_the_one_writing_connection_has_every_safeguard(store: Store) -> None:
    def settings(connected: object) -> dict[str, object]:
        return {name: connected.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in SAFEGUARDS}  # type: ignore[attr-defined]

    assert store._writer.submit(settings).result() == SAFEGUARDS


def test_a_transaction_holds_the_right_to_write_from_its_first_moment(store: Store, database: Path) -> None:
    def is_held(_: object) -> bool:
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
        return False

    assert store._writer.submit(is_held).result()


@pytest.mark.usefixtures("store")
def test_a_writing_connection_overwrites_what_it_removes(database: Path) -> None:
    with closing(connect(database, "rw")) as connected:
        assert pragma(connected, "secure_delete") == 1


@pytest.mark.parametrize("name", [*SAFEGUARDS, "secure_delete"])
def test_opening_fails_when_a_safeguard_does_not_hold(
    name: str, database: Path, open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store().close()
    weaker = {"journal_mode": "delete", "trusted_schema": 1}.get(name, 0)

    class Deaf(sqlite3.Connection):
        def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
            sets_it = sql.startswith(f"PRAGMA {name} =")
            return super().execute(f"PRAGMA {name} = {weaker}" if sets_it else sql, values)

    original = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: original(*a, factory=Deaf, **k))
    with pytest.raises(StoreUnfit, match=name):
        connect(database, "rw")
    with pytest.raises(StoreUnfit, match=name):
        open_store()


@pytest.mark.usefixtures("store")
def test_a_reading_connection_cannot_write(database: Path) -> None:
    with closing(connect(database, "ro")) as connected, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connected.execute("INSERT INTO staff_log VALUES (1, 1, 'b', 1, 'synced', 'e', 'd')")


def test_a_connection_never_makes_a_file(database: Path) -> None:
    database.parent.mkdir()
    for mode in ("rw", "ro"):
        with pytest.raises(sqlite3.OperationalError):
            connect(database, mode)
    assert list(database.parent.iterdir()) == []


def test_an_sqlite_without_strict_tables_is_refused(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreUnfit, match="too old"):
        connect(database, "rw")
