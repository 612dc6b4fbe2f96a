"""One door to SQLite and PostgreSQL: work takes effect whole or not at all, and never holds up its neighbours."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from kiosk.errors import StoreError, StoreUnfit, UsageError
from kiosk.hub.store.database import Database
from kiosk.hub.store.failures import Busy
from kiosk.hub.store.tables.people import ATTEMPT
from tests.patience import PATIENCE_SECONDS

if TYPE_CHECKING:
    from tests.conftest import WoundClock


def note(subject: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(insert(ATTEMPT).values(subject=subject, failures=0, until_ms=0))
        return subject

    return work


def stumble(connection: Connection) -> None:
    note("half")(connection)
    raise LookupError("no such kiosk")


def noted(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(ATTEMPT.c.subject).order_by(ATTEMPT.c.subject)).scalars())


def test_what_was_written_is_read(database: Database) -> None:
    assert database.write(note("a")) == "a"
    assert noted(database) == ["a"]


def test_work_that_fails_leaves_nothing_and_the_next_is_done(database: Database) -> None:
    with pytest.raises(LookupError, match="no such kiosk"):
        database.write(stumble)
    database.write(note("next"))
    assert noted(database) == ["next"]


def test_a_broken_rule_is_its_authors_own_error(database: Database) -> None:
    database.write(note("a"))
    with pytest.raises(IntegrityError):
        database.write(note("a"))
    assert noted(database) == ["a"]


def test_many_at_once_all_get_their_own_answer(database: Database) -> None:
    def one(number: int) -> str:
        if number % 5:
            return database.write(note(f"{number:03}"))
        with pytest.raises(LookupError):
            database.write(stumble)
        return ""

    with ThreadPoolExecutor(16) as pool:
        given = list(pool.map(one, range(100)))
    assert noted(database) == [f"{number:03}" for number in range(100) if number % 5] == sorted(filter(None, given))


def test_a_reader_sees_one_state_however_long_it_looks(database: Database) -> None:
    database.write(note("before"))
    subjects = select(ATTEMPT.c.subject)
    with database.read() as connection:
        assert connection.execute(subjects).scalars().all() == ["before"]
        database.write(note("meanwhile"))
        assert connection.execute(subjects).scalars().all() == ["before"]


def test_a_reader_cannot_write(database: Database) -> None:
    with database.read() as connection, pytest.raises(DBAPIError):
        note("by a reader")(connection)
    assert noted(database) == []


def test_a_hub_keeps_its_identity(url: str, clock: WoundClock) -> None:
    with closing(Database(url, clock)) as first, closing(Database(url, clock)) as second:
        assert first.identity == second.identity
        assert len(first.identity.signing_key) == len(first.identity.next_signing_key) == 43
        assert first.identity.signing_key != first.identity.next_signing_key
        assert first.identity.signing_key not in repr(first.identity)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Database, Event]]:
    """Give a SQLite hub with room for two pieces of work, whose writer is busy until the event is set."""
    database, go, began = Database(f"sqlite:///{tmp_path / 'hub.db'}", room=2), Event(), Event()

    def wait(_: Connection) -> None:
        began.set()
        go.wait(PATIENCE_SECONDS)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(database.write, wait)
        began.wait(PATIENCE_SECONDS)
        yield database, go
        go.set()
    database.close()


def test_a_writer_without_room_says_so_at_once_and_takes_what_it_has_room_for(held: tuple[Database, Event]) -> None:
    database, go = held
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(database.write, note(subject)) for subject in "ab"]
        while database.waiting < 2:
            pass
        with pytest.raises(Busy):
            database.write(note("c"))
        go.set()
        assert [each.result(PATIENCE_SECONDS) for each in waiting] == ["a", "b"]
    assert noted(database) == ["a", "b"]


def test_all_that_waits_is_committed_together(held: tuple[Database, Event]) -> None:
    database, go = held
    seen: list[int] = []

    def look(connection: Connection) -> None:
        note(f"{len(seen)}")(connection)
        seen.append(len(noted(database)))

    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(database.write, look) for _ in range(2)]
        while database.waiting < 2:
            pass
        go.set()
        for each in waiting:
            each.result(PATIENCE_SECONDS)
    assert seen == [0, 0], "the first of the two was visible before the second was done"
    assert len(noted(database)) == 2


def test_a_closed_hub_takes_no_more(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    database.close()
    with pytest.raises(Busy):
        database.write(note("late"))


def test_a_file_that_another_program_holds_is_busy_and_nothing_of_the_group_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store.connection._WRITER", {"busy_timeout": 50, "journal_mode": "wal"})
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    with closing(sqlite3.connect(tmp_path / "hub.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="Another program holds"):
            database.write(note("a"))
        other.execute("ROLLBACK")
    database.write(note("b"))
    assert noted(database) == ["b"]
    database.close()


def test_a_disk_that_fills_up_takes_the_whole_group_back_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        for number in range(5_000):
            note(f"{number:0500}")(connection)

    with pytest.raises(StoreError, match="is full"):
        database.write(fill)
    assert not caplog.records, "who asked for it says it; the log would say it to a person a second time"
    database.write(note("room again"))
    assert noted(database) == ["room again"]
    database.close()


def test_sqlite_keeps_what_answers_are_safe_with(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "secure_delete")

    def kept(connection: Connection) -> list[Any]:
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert database.write(kept) == ["wal", 2, 1, 5000, 0, 1]
    assert (tmp_path / "hub.db").stat().st_mode & 0o777 == 0o600
    database.close()


def test_an_unsafe_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.store.connection._WRITER", {"synchronous": 2, "locking_mode": "impossible"})
    with pytest.raises(StoreUnfit, match="answers would not be safe"):
        Database(f"sqlite:///{tmp_path / 'hub.db'}")


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite://", "sqlite:///", "", "://", "postgresq://x"])
def test_another_kind_of_database_is_named(url: str) -> None:
    with pytest.raises(UsageError):
        Database(url)


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    with pytest.raises(StoreError, match="not there") as caught:
        Database("postgresql://anna:s3cret@127.0.0.1:9/hub")
    assert "s3cret" not in f"{caught.value} {caught.value.hint}"


def test_a_server_whose_name_nobody_knows_is_said_without_numbers() -> None:
    with pytest.raises(StoreError, match=r"failed to resolve host 'nowhere.invalid': [A-Z]"):
        Database("postgresql://anna@nowhere.invalid/hub")


@pytest.mark.parametrize("rest", ["[bad", "h/hub?nonsense=1", "h/%zz"])
def test_an_address_that_cannot_be_read_is_not_repeated(rest: str) -> None:
    with pytest.raises(UsageError, match="no address of a database") as caught:
        Database(f"postgresql://anna:s3cret@{rest}")
    assert "s3cret" not in f"{caught.value} {caught.value.hint}"


def test_a_folder_that_cannot_be_made_is_said_without_numbers() -> None:
    with pytest.raises(StoreError) as caught:
        Database("sqlite:////proc/nowhere/hub.db")
    assert caught.value.message == "The folder /proc/nowhere cannot be made: No such file or directory."


def test_two_that_are_in_each_others_way_are_both_done(new_server: Database) -> None:
    """A deadlock is the server's to break and the hub's to mend."""
    for subject in "ab":
        new_server.write(note(subject))
    both_have_one = Barrier(2)

    def touch(first: str, second: str) -> None:
        tries: list[str] = []

        def work(connection: Connection) -> None:
            for subject in (first, second):
                raised = update(ATTEMPT).where(ATTEMPT.c.subject == subject).values(failures=ATTEMPT.c.failures + 1)
                connection.execute(raised)
                if subject == first and not tries:
                    tries.append(subject)
                    both_have_one.wait(PATIENCE_SECONDS)

        new_server.write(work)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(touch, "ab", "ba"))
    with new_server.read() as connection:
        assert connection.execute(select(ATTEMPT.c.failures)).scalars().all() == [2, 2]


@pytest.mark.parametrize("idempotent", [True, False])
def test_a_link_cut_before_commit_is_mended_for_any_work(new_server: Database, idempotent: bool) -> None:
    tries: list[str] = []

    def work(connection: Connection) -> None:
        tries.append("")
        note("once")(connection)
        if len(tries) == 1:
            _cut(connection)
            connection.execute(text("SELECT 1"))

    new_server.write(work, idempotent=idempotent)
    assert len(tries) == 2
    assert noted(new_server) == ["once"]


def test_a_link_cut_at_commit_is_mended_only_for_work_that_may_be_done_twice(new_server: Database) -> None:
    tries: list[str] = []

    def work(connection: Connection) -> None:
        tries.append("")
        connection.execute(update(ATTEMPT).values(failures=1))
        if len(tries) in (1, 3):
            _cut(connection)

    new_server.write(work, idempotent=True)
    assert len(tries) == 2
    with pytest.raises(Busy):
        new_server.write(work)
    assert len(tries) == 3


def test_a_server_without_room_is_tried_later(new_server: Database) -> None:
    def work(_: Connection) -> None:
        raise OperationalError("INSERT", None, psycopg.errors.DiskFull("no space left on device"))

    with pytest.raises(Busy, match="no space left"):
        new_server.write(work, idempotent=True)


def _cut(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    with psycopg.connect(driver.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (driver.info.backend_pid,))
