"""The writing connection: replaced when the disk failed, and never pointed at another file."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kiosk.errors import StoreError
from kiosk.store import ballast
from kiosk.store.connection import BUSY_TIMEOUT_MS
from kiosk.store.engine import writing
from kiosk.store.failures import explain, is_fault, is_full
from kiosk.words import N_

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""What is done in one transaction. It may run twice: once more when the disk failed the first time."""


class Link:
    """A connection that does work in transactions; used by one thread at a time."""

    def __init__(self, database: Path) -> None:
        """Connect. Needs the lock; raises DBAPIError, OSError and StoreError."""
        self._database = database
        self._engine = writing(database)
        self._file = self._present_file()
        self._connection: Connection | None = self._engine.connect()

    def perform(self, work: Work[Result]) -> Result:
        """Do work in one transaction and give its result once COMMIT returned.

        When the disk or the file fails, all is rolled back and tried once more on a new connection, on a full disk
        with the ballast given back. Raises what that second attempt raises.
        """
        try:
            return self._transact(work)
        except (DBAPIError, sqlite3.Error) as error:
            if not is_fault(error):
                raise
            _log.warning("trying once more: %s", explain(error, self._database).message)
            if is_full(error):
                ballast.drop(self._database)
        return self._transact(work)

    def checkpoint(self, mode: Literal["PASSIVE", "TRUNCATE"], wait_ms: int = 0) -> bool:
        """Bring the write-ahead log into the database, waiting so long for readers; tell whether all of it got in.

        TRUNCATE leaves no log behind, PASSIVE leaves its space for the next writes. Raises sqlite3.Error.
        """
        if self._connection is None:
            return False
        driver: Any = self._connection.connection.driver_connection  # a checkpoint has no place in a transaction
        driver.execute(f"PRAGMA busy_timeout = {wait_ms}")
        try:
            blocked, _, _ = driver.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
        finally:
            driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        return not blocked

    def close(self) -> None:
        """Leave a database without a log, if readers allow it; what is committed is safe in either case."""
        with suppress(sqlite3.Error):
            self.checkpoint("TRUNCATE", wait_ms=500)
        self._disconnect()

    def _transact(self, work: Work[Result]) -> Result:
        try:
            connection = self._connection or self._reconnect()
            self._require_same_file()
            with connection.begin():
                return work(connection)
        except (DBAPIError, sqlite3.Error):
            self._disconnect()
            raise

    def _reconnect(self) -> Connection:
        """Connect again. What a failed sync left in the log counts only when it has reached the file after all."""
        self._require_same_file()
        self._connection = self._engine.connect()
        if not self.checkpoint("TRUNCATE", BUSY_TIMEOUT_MS):
            self._disconnect()
            hint = N_("Close what reads it, and try again.")
            raise StoreError(N_("{database} could not be brought in order."), hint, database=self._database)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _require_same_file(self) -> None:
        if self._present_file() != self._file:
            said = N_("{database} was replaced while the kiosk ran.")
            raise StoreError(said, N_("Start the kiosk again."), database=self._database)

    def _present_file(self) -> tuple[int, int]:
        status = self._database.stat()
        return status.st_dev, status.st_ino
