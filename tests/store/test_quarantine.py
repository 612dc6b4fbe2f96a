"""A damaged file is put aside whole and a new one begun; no wrong data is ever taken over."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.errors import StoreError
from kiosk.store.lock import Lock
from kiosk.store.reader import Reader
from kiosk.store.store import Store

if TYPE_CHECKING:
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

Boot = Callable[..., None]
Opening = Callable[[], Store]


@pytest.fixture
def filled(open_store: Opening, make: Maker, database: Path) -> Path:
    """A database of a few pages, cleanly closed."""
    store = open_store()
    store.add_many(make.answer() for _ in range(200))
    store.close()
    return database


def _tear(path: Path, at: int, bytes_: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes_)


def test_a_damaged_database_is_kept_and_a_new_one_begun(
    filled: Path, open_store: Opening, make: Maker, boot: Boot
) -> None:
    _tear(filled, 3 * 4096, b"\xa5" * 4096)
    damaged = filled.read_bytes()
    filled.with_name("kiosk.db-wal").write_bytes(b"half a log")
    boot("boot-9", 1_793_026_673_000)
    store = open_store()
    assert store.quarantined == filled.parent / "quarantine" / "20261026T145753Z"
    kept = {path.name: path.read_bytes() for path in store.quarantined.iterdir()}
    assert kept["kiosk.db"] == damaged
    assert kept["kiosk.db-wal"] == b"half a log"
    store.add(make.answer()).result()
    with Reader(filled) as reader:
        assert len(list(reader.answers())) == 1
        assert reader.last_note("quarantined") == "quarantined"


def test_damage_that_only_a_look_through_the_whole_file_finds_is_found(filled: Path, open_store: Opening) -> None:
    _tear(filled, filled.stat().st_size - 4096, b"\xa5" * 4096)
    assert open_store().quarantined


def test_two_damages_at_one_moment_are_kept_apart(filled: Path, open_store: Opening) -> None:
    folders = set()
    for _ in range(3):
        _tear(filled, 0, bytes(4096))
        store = open_store()
        folders.add(store.quarantined)
        store.close()
    assert len(folders) == 3


@pytest.mark.parametrize("size", [100, 4096, 4096 * 5 + 17])
def test_a_database_cut_short_is_put_aside(filled: Path, open_store: Opening, size: int) -> None:
    with filled.open("r+b") as file:
        file.truncate(size)
    assert open_store().quarantined


def test_a_lost_first_page_is_put_aside(filled: Path, open_store: Opening) -> None:
    _tear(filled, 0, bytes(4096))
    assert open_store().quarantined


def test_a_log_without_its_database_is_kept(database: Path, open_store: Opening) -> None:
    database.parent.mkdir()
    log = database.with_name("kiosk.db-wal")
    log.write_bytes(b"frames")
    store = open_store()
    assert store.quarantined and (store.quarantined / log.name).read_bytes() == b"frames"


def _with_open_log(database: Path, work: Callable[[sqlite3.Connection], object]) -> bytes:
    """Change a database and give the log as it was before it was brought in."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        work(connection)
        return database.with_name("kiosk.db-wal").read_bytes()


def _count_on(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE device SET next_seq = next_seq + 5")


def test_the_log_of_another_kiosk_is_not_taken_over(
    filled: Path, open_store: Opening, make: Maker, clock: WoundClock, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "kiosk.db"
    with Store.open(other, clock) as store:
        store.add_many(make.answer() for _ in range(200))
    log = _with_open_log(other, _count_on)
    content = filled.read_bytes()
    filled.with_name("kiosk.db-wal").write_bytes(log)
    assert _looks_sound(filled)
    again = open_store()
    assert again.quarantined
    assert (again.quarantined / "kiosk.db").read_bytes() == content
    assert (again.quarantined / "kiosk.db-wal").read_bytes() == log


def test_an_old_log_of_the_same_kiosk_is_not_taken_over(filled: Path, open_store: Opening) -> None:
    log = _with_open_log(filled, _count_on)
    _with_open_log(filled, _count_on)
    filled.with_name("kiosk.db-wal").write_bytes(log)
    assert _looks_sound(filled)
    assert open_store().quarantined


def _looks_sound(database: Path) -> bool:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_the_rollback_journal_of_another_database_is_not_taken_over(
    filled: Path, open_store: Opening, tmp_path: Path
) -> None:
    journal = _hot_journal(tmp_path / "other.db")
    filled.with_name("kiosk.db-journal").write_bytes(journal)
    content = filled.read_bytes()
    store = open_store()
    assert store.quarantined and (store.quarantined / "kiosk.db").read_bytes() == content


def _hot_journal(other: Path) -> bytes:
    """Give what another program leaves when it is killed in a transaction."""
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (zeroblob(90000))")
        connection.execute("BEGIN")
        connection.execute("UPDATE t SET x = randomblob(90000)")
        return other.with_name(f"{other.name}-journal").read_bytes()


def test_the_log_of_a_kiosk_that_was_killed_is_taken_over(filled: Path, open_store: Opening) -> None:
    log = _with_open_log(filled, _count_on)
    before = filled.read_bytes()
    open_store().close()
    filled.write_bytes(before)
    filled.with_name("kiosk.db-wal").write_bytes(log)
    assert open_store().quarantined is None


def _damage(database: Path, chance: random.Random) -> None:
    content = bytearray(database.read_bytes())
    kind = chance.choice(["flip", "zero", "noise", "cut", "header"])
    if kind == "cut":
        del content[chance.randrange(100, len(content)) :]
    elif kind == "header":
        content[chance.randrange(16, 100)] ^= 1 << chance.randrange(8)
    elif kind == "flip":
        for _ in range(chance.randrange(1, 20)):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    else:
        page = chance.randrange(len(content) // 4096) * 4096
        content[page : page + 4096] = bytes(4096) if kind == "zero" else chance.randbytes(4096)
    database.write_bytes(content)


def _read_all(database: Path) -> None:
    with Reader(database) as reader:
        for rows in (reader.answers(), reader.visits()):
            for _ in rows:
                pass
        reader.count_values()
        reader.outcomes()


@pytest.mark.parametrize("seed", range(120))
def test_no_damage_ends_in_a_raw_error_or_loses_the_file(
    seed: int, filled: Path, clock: WoundClock, make: Maker, tmp_path: Path
) -> None:
    _damage(filled, random.Random(seed))
    damaged = filled.read_bytes()
    copy = tmp_path / "copy.db"
    shutil.copy(filled, copy)
    for attempt in (_read_all, lambda path: _write_one(path, clock, make)):
        try:
            attempt(copy)
        except StoreError as error:
            assert error.message and error.hint
    kept: list[Any] = [path.read_bytes() for path in tmp_path.glob("quarantine/*/copy.db")]
    assert copy.exists()
    assert kept in ([], [damaged])
    Lock.take(copy).release()


def _write_one(path: Path, clock: WoundClock, make: Maker) -> None:
    with Store.open(path, clock) as store:
        store.add(make.answer()).result()
