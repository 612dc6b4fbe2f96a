"""When the disk fails: one more try on a new connection, then a sentence; what was confirmed before stays."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import OperationalError

from kiosk.errors import StoreError, StoreUnfit
from kiosk.store import ballast, writes
from kiosk.store.failures import explain
from kiosk.store.link import Link
from kiosk.store.reader import Reader
from kiosk.store.store import Store

if TYPE_CHECKING:
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

Opening = Callable[[], Store]
MEBIBYTE = 1024 * 1024


def _mounted(tmp_path: Path, size: str) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", disk], capture_output=True)
    if mounting.returncode:
        pytest.skip("this machine mounts no tmpfs")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    yield from _mounted(tmp_path, "1m")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    yield from _mounted(tmp_path, "20m")


def _fill(disk: Path) -> Path:
    rest = disk / "photos"
    with rest.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free)
    return rest


def _add_until_refused(store: Store, make: Maker, limit: int) -> tuple[int, StoreError | None]:
    for kept in range(limit):
        try:
            store.add(make.answer(context={"till": "x" * 2000})).result()
        except StoreError as error:
            return kept, error
    return limit, None


def test_a_full_disk_keeps_what_was_confirmed_and_goes_on_once_there_is_room(
    tiny_disk: Path, clock: WoundClock, make: Maker
) -> None:
    database = tiny_disk / "kiosk.db"
    with Store.open(database, clock) as store:
        rest = _fill(tiny_disk)
        kept, error = _add_until_refused(store, make, 1000)
        assert error and "is full" in error.message
        with Reader(database) as reader:
            assert len(list(reader.answers())) == kept
        rest.unlink()
        store.add(make.answer()).result()
    assert Store.open(database, clock).quarantined is None


def test_a_full_disk_still_has_room_for_the_last_answers(small_disk: Path, clock: WoundClock, make: Maker) -> None:
    database = small_disk / "kiosk.db"
    with Store.open(database, clock) as store:
        held_back = database.with_name("kiosk.db.ballast")
        assert held_back.stat().st_blocks * 512 == 8 * MEBIBYTE
        _fill(small_disk)
        kept, error = _add_until_refused(store, make, 300)
        assert (kept, error) == (300, None)
        assert not held_back.exists()
    Store.open(database, clock).close()
    assert not held_back.exists()


def test_the_ballast_comes_back_when_there_is_room(open_store: Opening, database: Path) -> None:
    open_store().close()
    held_back = database.with_name("kiosk.db.ballast")
    held_back.unlink()
    open_store()
    assert held_back.stat().st_size == ballast.SIZE


def test_a_full_disk_has_no_room_for_a_new_database(tiny_disk: Path, clock: WoundClock) -> None:
    _fill(tiny_disk)
    with pytest.raises(StoreError, match="is full"):
        Store.open(tiny_disk / "kiosk.db", clock)
    assert {path.name for path in tiny_disk.iterdir()} <= {"photos", "kiosk.db.lock"}


def test_a_limit_on_file_sizes_is_said_in_a_sentence_and_passes(open_store: Opening, make: Maker) -> None:
    store = open_store()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        kept, error = _add_until_refused(store, make, 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert error and error.hint
    store.add(make.answer()).result()
    assert kept > 0


class Sick:
    """Work that fails as SQLite does, so often, before it is done."""

    def __init__(self, code: int, times: int, work: Callable[[Any], object]) -> None:
        self.code, self.times, self.work = code, times, work
        self.connections: list[object] = []

    def __call__(self, connection: Any) -> object:
        self.connections.append(connection.connection.driver_connection)
        done = self.work(connection)
        if len(self.connections) <= self.times:
            error = sqlite3.OperationalError("sick disk")
            error.sqlite_errorcode = self.code
            raise OperationalError("INSERT", {}, error)
        return done


FAULTS = [
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CORRUPT,
]


@pytest.mark.parametrize("code", FAULTS)
def test_a_disk_that_fails_once_is_tried_again_on_a_new_connection(store: Store, make: Maker, code: int) -> None:
    answer = make.answer()
    work = Sick(code, 1, lambda connection: writes.write(connection, answer))
    store._writer.submit(work).result()
    first, second = work.connections
    assert first is not second
    with Reader(store._path) as reader:
        assert [stored.answer.id for stored in reader.answers()] == [answer.id]


@pytest.mark.parametrize("code", FAULTS)
def test_a_disk_that_goes_on_failing_is_said_in_a_sentence(store: Store, make: Maker, code: int) -> None:
    work = Sick(code, 9, lambda connection: writes.write(connection, make.answer()))
    with pytest.raises(StoreError) as failure:
        store._writer.submit(work).result()
    assert len(work.connections) == 2
    assert failure.value.hint and "sqlalche" not in failure.value.message
    store.add(make.answer()).result()


def test_no_log_and_no_error_holds_what_a_customer_wrote(
    store: Store, make: Maker, caplog: pytest.LogCaptureFixture
) -> None:
    text = make.answer(kind="text", text="Puhelin 040 1234567")
    store.add(text).result()
    other = make.answer(kind="text", text="Puhelin 040 7654321", visit_id=text.visit_id, language=None)
    with pytest.raises(StoreError) as failure:
        store.add(other).result()
    chain: BaseException | None = failure.value
    while chain:
        assert "040" not in str(chain)
        chain = chain.__cause__ or chain.__context__
    assert "not stored" in caplog.text and "040" not in caplog.text


def test_other_errors_are_not_tried_again(store: Store, make: Maker) -> None:
    work = Sick(sqlite3.SQLITE_BUSY, 9, lambda connection: writes.write(connection, make.answer()))
    with pytest.raises(StoreError, match="Another program"):
        store._writer.submit(work).result()
    assert len(work.connections) == 1


def test_after_a_fault_the_log_reaches_the_file_before_anything_is_confirmed(
    store: Store, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a failed sync left in the log might be found there and taken for stored."""
    answer = make.answer()
    store.add(answer).result()
    monkeypatch.setattr(Link, "checkpoint", lambda *_: False)
    sick = Sick(sqlite3.SQLITE_IOERR_FSYNC, 1, lambda connection: writes.write(connection, answer))
    with pytest.raises(StoreError, match="in order"):
        store._writer.submit(sick).result()
    with pytest.raises(StoreError, match="in order"):
        store.add(answer).result()
    monkeypatch.undo()
    store.add(answer).result()


def test_a_database_that_was_taken_away_is_noticed(store: Store, make: Maker, database: Path) -> None:
    store.add(make.answer()).result()
    moved = database.rename(database.with_name("moved.db"))
    with pytest.raises(StoreError, match="No such file"):
        store.add(make.answer()).result()
    database.touch()
    with pytest.raises(StoreError, match="was replaced"):
        store.add(make.answer()).result()
    moved.rename(database)
    store.add(make.answer()).result()


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (sqlite3.SQLITE_CORRUPT, StoreUnfit, "is damaged"),
        (sqlite3.SQLITE_NOTADB, StoreUnfit, "is damaged"),
        (sqlite3.SQLITE_FULL, StoreError, "is full"),
        (sqlite3.SQLITE_CANTOPEN, StoreError, "cannot be opened or written"),
        (sqlite3.SQLITE_IOERR_READ, StoreError, "The disk failed"),
        (sqlite3.SQLITE_LOCKED, StoreError, "Another program"),
        (sqlite3.SQLITE_ERROR, StoreError, "did not take it"),
    ],
)
def test_every_failure_of_sqlite_has_its_sentence(code: int, kind: type[StoreError], words: str) -> None:
    error = sqlite3.OperationalError("cause")
    error.sqlite_errorcode = code
    said = explain(error, Path("/data/kiosk.db"))
    assert type(said) is kind
    assert words in said.message and "/data/kiosk.db" in said.message and said.hint
