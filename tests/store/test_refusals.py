"""What the kiosk must not write to is refused in sentences, and stays byte for byte what it was."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from kiosk.errors import StoreError, StoreUnfit
from kiosk.store.connection import SCHEMA
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from tests.patience import PATIENCE_SECONDS

if TYPE_CHECKING:
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

Opening = Callable[[], Store]


def _foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE recipe (name)")
        connection.execute("INSERT INTO recipe VALUES ('lohikeitto')")
        connection.commit()


def _foreign_text(path: Path) -> None:
    path.write_text("Dear reader, " * 100)


def _foreign_scrap(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0short")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 0x4B696F73")
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        connection.execute("CREATE TABLE answer (id)")


@pytest.mark.parametrize("lay", [_foreign_database, _foreign_text, _foreign_scrap, _newer])
def test_a_foreign_or_newer_file_is_refused_and_left_as_it_is(
    lay: Callable[[Path], None], database: Path, open_store: Opening
) -> None:
    database.parent.mkdir()
    lay(database)
    before = database.read_bytes()
    for opening in (open_store, lambda: Reader(database)):
        with pytest.raises(StoreUnfit) as refusal:
            opening()
        assert str(database) in refusal.value.message
        assert refusal.value.hint
    assert database.read_bytes() == before
    assert {path.name for path in database.parent.iterdir()} == {"kiosk.db", "kiosk.db.lock"}


def test_a_newer_schema_that_only_the_log_knows_is_refused_too(database: Path, open_store: Opening) -> None:
    open_store().close()
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 9")
        aside = {path: path.read_bytes() for path in (database, database.with_name("kiosk.db-wal"))}
    for path, content in aside.items():
        path.write_bytes(content)
    with pytest.raises(StoreUnfit, match="schema 9"):
        open_store()
    assert {path: path.read_bytes() for path in aside} == aside


def test_a_folder_in_place_of_the_database_is_refused(database: Path, open_store: Opening) -> None:
    database.mkdir(parents=True)
    with pytest.raises(StoreError, match="is a folder"):
        open_store()


def test_a_pipe_in_place_of_the_database_is_refused(database: Path, open_store: Opening) -> None:
    database.parent.mkdir()
    os.mkfifo(database)
    with pytest.raises(StoreUnfit, match="ordinary file"):
        open_store()


def test_an_empty_file_counts_as_none(database: Path, open_store: Opening, make: Maker) -> None:
    database.parent.mkdir()
    database.touch()
    store = open_store()
    store.add(make.answer()).result()
    assert store.quarantined is None
    assert database.stat().st_mode & 0o777 == 0o600


def test_a_missing_log_does_no_harm(database: Path, open_store: Opening, make: Maker) -> None:
    store = open_store()
    store.add(make.answer()).result()
    store.close()
    database.with_name("kiosk.db-shm").write_bytes(b"\1" * 32768)
    assert open_store().quarantined is None


def test_a_founding_that_was_cut_short_is_begun_anew(database: Path, open_store: Opening) -> None:
    database.parent.mkdir()
    for ending in ("", "-wal", "-shm"):
        database.with_name(f"kiosk.db.new{ending}").write_bytes(b"half")
    open_store()
    assert not [path for path in database.parent.iterdir() if ".new" in path.name]


def test_a_founding_that_fails_leaves_nothing(
    database: Path, open_store: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store.founding.sync", _failing)
    with pytest.raises(StoreError, match="is full"):
        open_store()
    assert [path.name for path in database.parent.iterdir()] == ["kiosk.db.lock"]


def test_a_failure_after_the_writer_started_leaves_neither_lock_nor_thread(
    open_store: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(threading.enumerate())
    with monkeypatch.context() as broken:
        broken.setattr("kiosk.store.writes.end_open_visits", _failing)
        with pytest.raises(StoreError, match="full"):
            open_store()
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
    open_store()


def _failing(*_: object) -> None:
    raise OSError(28, "No space left on device")


UNPRIVILEGED = """if True:
    import os, sys
    from pathlib import Path
    from tempfile import TemporaryDirectory
    from kiosk.clock import SystemClock
    from kiosk.errors import StoreError
    from kiosk.store.store import Store
    with TemporaryDirectory() as folder:  # nobody may not read what would be imported later
        Store.open(Path(folder, "kiosk.db"), SystemClock()).close()
    clock = SystemClock()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        Store.open(Path(sys.argv[1]), clock)
    except StoreError as error:
        print(type(error).__name__, error.message, error.hint)
"""


def _opened_by_nobody(database: Path) -> str:
    command = [sys.executable, "-B", "-c", UNPRIVILEGED, str(database)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def public() -> Iterator[Path]:
    """A database's place that every user may look into, as pytest's own folders are not."""
    with TemporaryDirectory() as folder:
        for path in (Path(folder), Path(folder, "data")):
            path.mkdir(exist_ok=True)
            path.chmod(0o755)
        yield Path(folder, "data", "kiosk.db")


def test_a_folder_without_the_right_to_write_is_said_in_a_sentence(public: Path) -> None:
    public.parent.chmod(0o555)
    said = _opened_by_nobody(public)
    assert said.startswith("StoreError") and "cannot be opened or written" in said
    assert list(public.parent.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of another user")
@pytest.mark.parametrize("mode", [0o444, 0o600])
def test_a_database_of_somebody_else_is_said_in_a_sentence(public: Path, clock: WoundClock, mode: int) -> None:
    Store.open(public, clock).close()
    public.parent.chmod(0o777)
    public.with_name("kiosk.db.lock").chmod(0o666)
    public.chmod(mode)
    said = _opened_by_nobody(public)
    assert said.startswith("StoreError") and "cannot be opened or written" in said
