"""The one thread that writes."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from sqlite3 import Error
from threading import Lock, Thread
from typing import Any, Generic

from kiosk.errors import NotClosable, StoreError
from kiosk.store.failures import explain
from kiosk.store.link import Link, Result, Work
from kiosk.words import N_

IDLE_SECONDS = 20.0
"""After this long without work the write-ahead log is brought into the database, out of every customer's way."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job(Generic[Result]):
    work: Work[Result]
    future: Future[Result]
    leaves_no_log: bool


class Writer:
    """Does work in the order it was handed in, each piece in one transaction."""

    def __init__(self, database: Path) -> None:
        """Connect and start the thread. Needs the lock; raises as `Link` does."""
        self._database = database
        self._link = Link(database)
        # Not a SimpleQueue: stopped and continued across its time limit, that waits for ever (CPython 3.11).
        self._jobs: Queue[_Job[Any] | None] = Queue()
        self._gate = Lock()
        self._closed = False
        self._thread = Thread(target=self._serve, name="kiosk-store", daemon=True)
        self._thread.start()

    def submit(self, work: Work[Result], *, leaves_no_log: bool = False) -> Future[Result]:
        """Hand work in. The future is done once COMMIT returned, or fails with a StoreError.

        With `leaves_no_log` the log, where earlier content lives on, is emptied too, unless a reader needs it. Work
        cannot be cancelled: what a customer said is kept even if nobody waits for it any longer.
        """
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()
        with self._gate:
            if self._closed:
                said = N_("{database} is closed already.")
                future.set_exception(StoreError(said, N_("Start the kiosk again."), database=self._database))
            else:
                self._jobs.put(_Job(work, future, leaves_no_log))
        return future

    def close(self, seconds: float) -> bool:
        """Finish what was handed in, then stop; tell whether that was done within the time. Harmless twice."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _serve(self) -> None:
        while (job := self._next_job()) is not None:
            try:
                result = self._link.perform(job.work)
                if job.leaves_no_log:
                    self._link.checkpoint("TRUNCATE", wait_ms=500)
            except Exception as error:  # noqa: BLE001 - the future carries it, and the thread must live
                job.future.set_exception(self._explained(error))
            else:
                job.future.set_result(result)
        self._link.close()

    def _next_job(self) -> _Job[Any] | None:
        try:
            return self._jobs.get(timeout=IDLE_SECONDS)
        except Empty:
            with suppress(Error):
                self._link.checkpoint("PASSIVE")  # waits for no reader, so that no customer waits for it
            return self._jobs.get()

    def _explained(self, error: Exception) -> StoreError:
        explanation = explain(error, self._database)
        explanation.__cause__ = error if explanation is not error else None
        if not isinstance(explanation, NotClosable):
            _log.warning("not stored: %s", explanation.message)
        return explanation
