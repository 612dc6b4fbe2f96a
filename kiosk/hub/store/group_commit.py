"""The writer of a SQLite hub: one thread, and one COMMIT for all that waited while the last one was on its way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from kiosk.errors import StoreError
from kiosk.hub.store.failures import Busy, explain_file

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""What is done in one transaction."""

_TOGETHER = 64
"""Pieces of work in one transaction at the most."""


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    done: Future[Any] = field(default_factory=Future)


class GroupWriter:
    """Does work in the order it came; each piece takes effect whole or not at all, whatever its neighbours do."""

    def __init__(self, engine: Engine, path: str, room: int) -> None:
        """Write through `engine`; `room` is how much work may wait."""
        self._engine, self._path = engine, path
        self._waiting: Queue[_Job | None] = Queue(room)
        self._connection: Connection | None = None
        self._door = Lock()
        self._is_closed = False
        self._thread = Thread(target=self._run, name="hub-writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How much work waits."""
        return self._waiting.qsize()

    def perform(self, work: Work[Result], *, idempotent: bool = False) -> Result:
        """Do work, and give its result once COMMIT returned. Raises what the work raises, Busy, and StoreError.

        A COMMIT that failed leaves nothing behind, so `idempotent` makes no difference here.
        """
        job = _Job(work)
        with self._door:
            if self._is_closed:
                raise Busy("The hub is being closed.", "Start it again.")
            try:
                self._waiting.put_nowait(job)
            except Full:
                raise Busy("The hub has more to write than it can.", "Try again in a minute.") from None
        result: Result = job.done.result()
        return result

    def close(self) -> None:
        """Finish what waits, and let go of the file."""
        with self._door:
            if self._is_closed:
                return
            self._is_closed = True
        self._waiting.put(None)
        self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        is_open = True
        while is_open:
            jobs, is_open = self._next_jobs()
            if jobs:
                self._commit(jobs)
        with suppress(DBAPIError, sqlite3.Error, StoreError):  # only who may write brings the log into the file
            self._connection = self._connection or self._engine.connect()
        self._disconnect()

    def _next_jobs(self) -> tuple[list[_Job], bool]:
        """Wait for work, and take what has come by then; False once there will be no more."""
        jobs: list[_Job] = []
        job = self._waiting.get()
        with suppress(Empty):
            while job is not None:
                jobs.append(job)
                if len(jobs) == _TOGETHER:
                    return jobs, True
                job = self._waiting.get_nowait()
            return jobs, False
        return jobs, True

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            settle = self._transact(jobs)
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for each of these
            self._disconnect()
            failure = explain_file(error, self._path)
            for job in jobs:
                job.done.set_exception(failure)
            return
        for tell in settle:
            tell()

    def _transact(self, jobs: list[_Job]) -> list[Callable[[], None]]:
        if self._connection is None:
            self._connection = self._engine.connect()
        with self._connection.begin():
            return [_try(self._connection, job) for job in jobs]

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(DBAPIError, sqlite3.Error):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None


def _try(connection: Connection, job: _Job) -> Callable[[], None]:
    """Do one piece of work behind a savepoint; give what to tell whoever waits for it, once all is committed."""
    connection.exec_driver_sql("SAVEPOINT work")
    try:
        result = job.work(connection)
    except Exception as error:
        driver: Any = connection.connection.driver_connection
        if not driver.in_transaction:
            raise  # a full or failing disk: SQLite has taken the neighbours' work back too
        connection.exec_driver_sql("ROLLBACK TO work")
        return partial(job.done.set_exception, error)
    connection.exec_driver_sql("RELEASE work")
    return partial(job.done.set_result, result)
