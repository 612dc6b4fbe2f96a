"""The file itself holds what must never be broken, whoever opens it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import StaticPool

from kiosk.config import Config
from kiosk.store.engine import reading
from kiosk.store.store import Store
from kiosk.store.tables import METADATA

Peek = Callable[..., list[tuple[Any, ...]]]

OURS = (
    *("answer", "visit", "erasure", "staff_log", "device", "boot", "day_close", "seal"),
    *("delivery", "refused"),
)


@pytest.fixture
def shell(store: Store, make: Any, database: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection, as the sqlite3 shell has it, to a file with an answer, a text, a visit and a note."""
    answer = make.answer()
    store.add(answer).result()
    store.add(make.answer(kind="text", text="kylmää")).result()
    store.add(make.visit(visit_id=answer.visit_id)).result()
    store.note("opened").result()
    store.close()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def _described(engine: Any) -> dict[str, Any]:
    seen = inspect(engine)

    def squeezed(sql: str) -> str:
        return re.sub(r"\s+", " ", sql)

    return {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"], c["primary_key"]) for c in seen.get_columns(table)},
            "indexes": sorted(
                (str(i["name"]), i["column_names"], bool(i["unique"]), str(i["dialect_options"].get("sqlite_where")))
                for i in seen.get_indexes(table)
            ),
            "checks": {c["name"]: squeezed(str(c["sqltext"])) for c in seen.get_check_constraints(table)},
            "unique": sorted(u["column_names"] for u in seen.get_unique_constraints(table)),
            "foreign": [(f["constrained_columns"], f["referred_table"]) for f in seen.get_foreign_keys(table)],
            "options": seen.get_table_options(table),
        }
        for table in sorted(seen.get_table_names())
        if table != "alembic_version"
    }


@pytest.mark.usefixtures("store")
def test_migrating_from_nothing_gives_what_the_typed_tables_say(database: Path) -> None:
    typed = create_engine("sqlite://", poolclass=StaticPool)
    METADATA.create_all(typed)
    described = _described(typed)
    typed.dispose()
    assert _described(reading(database)) == described
    assert described.keys() == set(OURS)
    assert len(described["answer"]["checks"]) == 10


@pytest.mark.usefixtures("store")
def test_every_table_of_ours_is_strict(peek: Peek) -> None:
    strict: dict[str, int] = dict(
        peek("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    )
    ours = {name: is_strict for name, is_strict in strict.items() if name not in {"sqlite_schema", "alembic_version"}}
    assert ours == dict.fromkeys(OURS, 1)


@pytest.mark.usefixtures("store")
def test_the_file_says_whose_it_is_and_which_schema(peek: Peek) -> None:
    assert peek("PRAGMA application_id") == [(0x4B696F73,)]
    assert peek("PRAGMA user_version") == [(3,)]
    assert peek("SELECT version_num FROM alembic_version") == [("0003",)]


@pytest.mark.usefixtures("store")
def test_only_the_owner_may_look_into_the_file(database: Path) -> None:
    assert {path.stat().st_mode & 0o777 for path in database.parent.iterdir()} == {0o600}


COLUMNS = [column.name for column in METADATA.tables["answer"].c if column.name != "seq"]


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_of_an_answer_can_be_changed(shell: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="rows of answer never change"):
        shell.execute(f"UPDATE answer SET {column} = NULL WHERE kind = 'smiley'")


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in {"text", "erased_ms"}])
def test_nothing_else_can_be_changed_under_cover_of_an_erasure(shell: sqlite3.Connection, column: str) -> None:
    other = {"at_ms": 1, "boot_ms": 1, "points": 5, "value": 1, "clock_state": "rtc", "kind": "choice"}.get(column, "x")
    with pytest.raises(sqlite3.IntegrityError, match="never change"):
        shell.execute(f"UPDATE answer SET text = NULL, erased_ms = 5, {column} = ? WHERE kind = 'text'", (other,))


def test_a_text_can_be_erased_once_leaving_a_tombstone(shell: sqlite3.Connection) -> None:
    shell.execute("UPDATE answer SET text = NULL, erased_ms = 5 WHERE kind = 'text'")
    assert shell.execute("SELECT text, erased_ms FROM answer WHERE kind = 'text'").fetchall() == [(None, 5)]
    for attempt in ("erased_ms = 6", "text = 'new'", "text = 'new', erased_ms = NULL", "erased_ms = NULL"):
        with pytest.raises(sqlite3.IntegrityError, match="never change"):
            shell.execute(f"UPDATE answer SET {attempt} WHERE kind = 'text'")


def test_a_text_is_not_erased_without_its_tombstone(shell: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never change"):
        shell.execute("UPDATE answer SET text = NULL WHERE kind = 'text'")


@pytest.mark.parametrize("table", ["visit", "staff_log", "boot"])
def test_other_rows_cannot_be_changed(shell: sqlite3.Connection, table: str) -> None:
    column = shell.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()[0]
    with pytest.raises(sqlite3.IntegrityError, match="never change"):
        shell.execute(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", ["answer", "visit", "staff_log", "boot", "device"])
def test_no_row_can_be_deleted_or_replaced(shell: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        shell.execute(f"DELETE FROM {table}")
    with pytest.raises(sqlite3.IntegrityError, match="is there already"):
        shell.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.fixture
def closed(shell: sqlite3.Connection, open_store: Callable[[], Store], shipped: Config) -> sqlite3.Connection:
    """The same file after its day was closed."""
    store = open_store()
    store.close_day(date(2026, 11, 22), shipped)
    store.close()
    return shell


@pytest.mark.parametrize("table", ["day_close", "seal"])
def test_what_a_close_wrote_is_kept(closed: sqlite3.Connection, table: str) -> None:
    for (column,) in closed.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall():
        with pytest.raises(sqlite3.IntegrityError, match=f"rows of {table} never change"):
            closed.execute(f"UPDATE {table} SET {column} = {column}")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        closed.execute(f"DELETE FROM {table}")
    with pytest.raises(sqlite3.IntegrityError, match=r"is there already|follows the one before"):
        closed.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_the_salt_of_a_seal_goes_only_when_its_text_is_gone(closed: sqlite3.Connection) -> None:
    forgetting = "UPDATE seal SET salt = NULL WHERE text_seal IS NOT NULL"
    with pytest.raises(sqlite3.IntegrityError, match="never change"):
        closed.execute(forgetting)
    closed.execute("UPDATE answer SET text = NULL, erased_ms = 5 WHERE kind = 'text'")
    with pytest.raises(sqlite3.IntegrityError, match="never change"):
        closed.execute("UPDATE seal SET salt = NULL, digest = zeroblob(32) WHERE text_seal IS NOT NULL")
    assert closed.execute(forgetting).rowcount == 1


@pytest.mark.parametrize("changes", [{"number": 3}, {"after_seq": 0}, {"previous": "f" * 64}])
def test_a_close_follows_the_one_before(closed: sqlite3.Connection, changes: dict[str, object]) -> None:
    closed.row_factory = sqlite3.Row
    last = dict(closed.execute("SELECT * FROM day_close").fetchone())
    following = last | {"number": 2, "day": "2026-11-23", "after_seq": last["last_seq"], "previous": last["hash"]}

    def insert(row: dict[str, object]) -> None:
        closed.execute(f"INSERT INTO day_close VALUES ({', '.join('?' * len(row))})", tuple(row.values()))

    with pytest.raises(sqlite3.IntegrityError, match="follows the one before"):
        insert(following | {"hash": "e" * 64} | changes)
    with pytest.raises(sqlite3.IntegrityError, match="is there already"):
        insert(following | {"hash": "e" * 64, "day": last["day"]})
    insert(following | {"hash": "e" * 64})


def test_the_device_keeps_its_id_and_counts_upwards_only(shell: sqlite3.Connection) -> None:
    for change in ("id = '00000000-0000-7000-8000-000000000000'", "next_seq = next_seq - 1", "at_ms = 1"):
        with pytest.raises(sqlite3.IntegrityError, match="never change"):
            shell.execute(f"UPDATE device SET {change}")
    with pytest.raises(sqlite3.IntegrityError):
        shell.execute("INSERT INTO device SELECT 2, id, next_seq, at_ms, boot_id, boot_ms, clock_state FROM device")


def _insert_changed(shell: sqlite3.Connection, table: str, changes: dict[str, object]) -> None:
    shell.row_factory = sqlite3.Row
    row = dict(shell.execute(f"SELECT * FROM {table} ORDER BY seq LIMIT 1").fetchone())
    row |= {"seq": 99, "id": "f" * 36, "visit_id": "e" * 36} | changes
    shell.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


@pytest.mark.parametrize("table", ["answer", "visit"])
def test_a_sound_row_passes_every_check(shell: sqlite3.Connection, table: str) -> None:
    _insert_changed(shell, table, {})


@pytest.mark.parametrize(
    ("table", "changes", "rule"),
    [
        ("answer", {"value": 6}, "scale"),
        ("answer", {"value": 0}, "scale"),
        ("answer", {"points": 2, "value": 1}, "scale"),
        ("answer", {"points": None}, "scale"),
        ("answer", {"kind": "nps", "points": 11, "value": 11}, "scale"),
        ("answer", {"kind": "nps", "points": None, "value": 5}, "scale"),
        ("answer", {"kind": "ces", "points": 7, "value": 8}, "scale"),
        ("answer", {"kind": "csat", "points": 5, "value": 0}, "scale"),
        ("answer", {"kind": "success", "points": 3, "value": 3}, "scale"),
        ("answer", {"kind": "choice", "points": None, "value": 1}, "scale"),
        ("answer", {"kind": "other"}, "scale"),
        ("answer", {"choices": '["queue"]'}, "selection"),
        ("answer", {"choices": "queue"}, "selection"),
        ("answer", {"text": "words"}, "words"),
        ("answer", {"kind": "text", "points": None, "value": None, "text": "words", "erased_ms": 5}, "words"),
        ("answer", {"marks": "burst"}, "doubts"),
        ("answer", {"supersedes": "f" * 36}, "another"),
        ("answer", {"supersedes": "d" * 36}, "FOREIGN KEY"),
        ("answer", {"context": "[]"}, "background"),
        ("answer", {"clock_state": "sure"}, "clock"),
        ("answer", {"at_ms": -1}, "instant"),
        ("answer", {"at_ms": 253_402_300_800_000}, "instant"),
        ("answer", {"boot_ms": -1}, "instant"),
        ("answer", {"seq": 0}, "counted"),
        ("answer", {"id": "short"}, "identity"),
        ("answer", {"language": None}, "NOT NULL"),
        ("answer", {"value": "many"}, "cannot store TEXT"),
        ("visit", {"outcome": "happy"}, "ending"),
        ("visit", {"review_shown": 2}, "invitation"),
        ("visit", {"answering_ms": -1}, "durations"),
        ("visit", {"duration_ms": -1}, "durations"),
        ("visit", {"follow_ups": "why"}, "questions"),
        ("visit", {"clock_state": "sure"}, "clock"),
    ],
)
def test_a_value_out_of_range_never_gets_in(
    shell: sqlite3.Connection, table: str, changes: dict[str, object], rule: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=rule):
        _insert_changed(shell, table, changes)


def test_a_visit_ends_once(shell: sqlite3.Connection) -> None:
    (visit_id,) = shell.execute("SELECT visit_id FROM visit").fetchone()
    with pytest.raises(sqlite3.IntegrityError):
        _insert_changed(shell, "visit", {"visit_id": visit_id})


def test_an_answer_is_superseded_once(shell: sqlite3.Connection) -> None:
    (first,) = shell.execute("SELECT id FROM answer ORDER BY seq").fetchone()
    _insert_changed(shell, "answer", {"supersedes": first})
    with pytest.raises(sqlite3.IntegrityError):
        _insert_changed(shell, "answer", {"seq": 100, "id": "c" * 36, "supersedes": first})
