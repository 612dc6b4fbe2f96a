"""The hub's database: one door for all that reads and writes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from kiosk.clock import Clock, SystemClock
from kiosk.errors import StoreError
from kiosk.hub.store.engines import file_engine, file_of, is_server, server_engine
from kiosk.hub.store.failures import TOO_SLOW, Busy, explain_server, is_gone, sql_state
from kiosk.hub.store.founding import prepare_file
from kiosk.hub.store.group_commit import GroupWriter
from kiosk.hub.store.identity import Identity, identity, try_to_write
from kiosk.hub.store.retrying import RetryingWriter
from kiosk.hub.store.room import require_room
from kiosk.hub.store.schema import require_current, schema_of
from kiosk.hub.store.traces import empty_log

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""What is done within one transaction; it may be run again after a transaction that failed."""

_READERS = 8
_WRITERS = 8
_ROOM = 256
"""Pieces of work that may wait for a SQLite hub's writer: some seconds of them."""


class _Writer(Protocol):
    @property
    def waiting(self) -> int:
        """How much work waits or is under way."""

    def perform(self, work: Work[Result], *, idempotent: bool = False) -> Result:
        """Do work in one transaction."""

    def close(self) -> None:
        """Let go of the database."""


class Database:
    """Reads and writes; may be used from any thread."""

    def __init__(self, url: str, clock: Clock | None = None, room: int = _ROOM) -> None:
        """Open `sqlite:///PATH`, which is made or migrated if need be, or `postgresql://…` that was migrated.

        `room` is how much may wait to be written. Raises StoreError, StoreUnfit and UsageError.
        """
        self._url, self.is_server = url, is_server(url)
        self._is_failing = False
        """Whether the last work was not written."""
        self._readers, self._writer = _open_server(url) if self.is_server else _open_file(url, clock, room)
        self.look_again()

    @property
    def waiting(self) -> int:
        """How much work waits to be written."""
        return self._writer.waiting

    def write(self, work: Work[Result], *, idempotent: bool = False) -> Result:
        """Do work in one transaction, and give its result after COMMIT returned.

        `idempotent` promises that doing it twice is the same as once: then it is tried again even where nobody knows
        whether it was committed. Raises what the work raises, Busy when later may help, StoreError when not.
        """
        try:
            result = self._writer.perform(work, idempotent=idempotent)
        except StoreError:
            self._is_failing = True
            raise
        self._is_failing = False
        return result

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database, for as long as it is held. Raises Busy."""
        try:
            connection = self._readers.connect()
        except NoConnection:
            raise Busy("The hub has more to read than it can.", "Try again in a minute.") from None
        except DBAPIError as error:
            raise Busy(explain_server(error).message, "Try again in a minute.") from error
        with connection:
            try:
                yield connection
            except DBAPIError as error:
                if not is_gone(error) and sql_state(error) != TOO_SLOW:
                    raise
                raise Busy(explain_server(error).message, "Try again in a minute.") from error

    def require_ready(self) -> None:
        """Raise StoreError unless the database is there, has this hub's schema, and takes what is written."""
        with self.read() as connection:
            require_current(schema_of(connection), "The database")
        if self._is_failing:  # a full disk may have room again, and nobody else may come to find that out
            if not self.is_server:
                require_room(file_of(self._url))
            self.write(try_to_write, idempotent=True)

    def look_again(self) -> None:
        """Learn who the hub is now: a command may have changed its keys. Raises Busy."""
        with self.read() as connection:
            self.identity: Identity = identity(connection)
            """The hub's id, and its keys as they were at the last look."""

    def leave_no_trace(self) -> None:
        """Take what was erased out of a SQLite hub's log too. What a reader holds on to now goes the next time."""
        if not self.is_server and not empty_log(file_of(self._url)):
            _log.warning("what was erased is still in the log of %s", file_of(self._url))

    def close(self) -> None:
        """Finish what waits, and let go of it."""
        self._readers.dispose()  # before the writer, which then brings SQLite's log into the file
        self._writer.close()


def _open_file(url: str, clock: Clock | None, room: int) -> tuple[Engine, _Writer]:
    path = file_of(url)
    prepare_file(path, (clock or SystemClock()).now())
    return file_engine(path, "ro", _READERS), GroupWriter(file_engine(path, "rw"), str(path), room)


def _open_server(url: str) -> tuple[Engine, _Writer]:
    engine = server_engine(url, _READERS + _WRITERS)
    try:
        with engine.connect() as connection:
            require_current(schema_of(connection), "The database")
    except (DBAPIError, StoreError) as error:
        engine.dispose()
        raise explain_server(error) from error
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True), RetryingWriter(engine)
