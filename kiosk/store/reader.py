"""Reading what is stored, also while a kiosk writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, select

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.errors import StoreUnfit
from kiosk.receipt import Receipt
from kiosk.results.doubts import Doubt
from kiosk.results.period import Period
from kiosk.results.slots import Slot, slot_ms
from kiosk.results.tally import Scale, Tally
from kiosk.results.taps import Tap
from kiosk.store import counts, outbox, queries
from kiosk.store.columns import AnswerColumns, columns_from
from kiosk.store.connection import SCHEMA
from kiosk.store.day_close import DayClose
from kiosk.store.delivery import Delivery, Outgoing, Parked
from kiosk.store.doubtful import Watched, doubts_in, taps_before, watch_over
from kiosk.store.engine import reading
from kiosk.store.failures import explained
from kiosk.store.inspection import identify, require_known, require_sound
from kiosk.store.lock import Lock
from kiosk.store.marking import marked
from kiosk.store.rows import answer_from, close_from, visit_from
from kiosk.store.stored import StoredAnswer, StoredVisit
from kiosk.store.tables import DAY_CLOSE, DEVICE, STAFF_LOG
from kiosk.words import N_

__all__ = ["AnswerColumns", "Reader", "StoredAnswer", "StoredVisit"]

_BATCH = 256
"""Answers that are read at once, column by column: enough to be fast, few enough to take next to no memory."""


class Reader:
    """Reads a kiosk's database without ever writing to it; every call sees what is committed by then.

    May be used from any thread. Periods are UTC milliseconds: the first instant, and the first after the last; None
    is no bound. They are held against the corrected time. Every method raises StoreError.
    """

    def __init__(self, path: Path) -> None:
        """Begin to read. Raises StoreError when there is no database, StoreUnfit for one that is not to be read."""
        with explained(path):
            self._path = path.resolve()
            # Closing a file takes all of a process's locks from it (sqlite.org/howtocorrupt.html, 2.2). Without the
            # writer's, the next program to close the database would delete the log under the writer's hands.
            if not Lock.is_held_here(self._path):
                require_sound(identify(self._path), self._path)
        self._engine = reading(self._path)
        with self._connected() as connection:
            _require_schema(connection, self._path)
            self.device_id = UUID(connection.execute(select(DEVICE.c.id)).scalar_one())

    def answers(self, from_ms: int | None = None, to_ms: int | None = None) -> Iterator[StoredAnswer]:
        """Give answers in the order they were given, one at a time: a million take no more memory than one."""
        with self._connected() as connection:
            for row in connection.execute(queries.answers((from_ms, to_ms))):
                yield StoredAnswer(
                    answer_from(row),
                    row.corrected_ms,
                    superseded=bool(row.superseded),
                    erased=row.erased_ms is not None,
                    outcome=Outcome(row.outcome) if row.outcome else None,
                    device_id=self.device_id,
                )

    def answer_columns(self, from_ms: int | None = None, to_ms: int | None = None) -> Iterator[AnswerColumns]:
        """Give the same answers as `answers`, some at a time and column by column, which is faster."""
        with self._connected() as connection:
            for rows in connection.execute(queries.answer_columns((from_ms, to_ms))).partitions(_BATCH):
                yield columns_from(rows)

    def marked_columns(
        self, config: Config, days: Period, from_ms: int | None = None, to_ms: int | None = None
    ) -> Iterator[AnswerColumns]:
        """Give the same columns, with all marks of the doubtful answers; `days` are the business days they are of."""
        with self._connected() as connection:
            rows = connection.execute(queries.answer_columns((from_ms, to_ms))).partitions(_BATCH)
            before, watch = taps_before(connection, config, days), watch_over(connection, config, days)
            yield from marked(map(columns_from, rows), before, watch)

    def count_answers(self, from_ms: int | None = None, to_ms: int | None = None) -> int:
        """Count all answers, the superseded ones and those of test mode among them."""
        with self._connected() as connection:
            return int(connection.execute(queries.answer_count((from_ms, to_ms))).scalar_one())

    def span(self) -> tuple[int, int] | None:
        """Give the times (corrected) of the earliest and the latest answer; None without answers."""
        with self._connected() as connection:
            first_ms, last_ms = connection.execute(queries.span()).one()
        return None if first_ms is None else (first_ms, last_ms)

    def last_answer_ms(self) -> int | None:
        """Give the time (corrected) of the answer that was counted last; None without answers."""
        with self._connected() as connection:
            return connection.execute(queries.last_answer()).scalar_one_or_none()

    def written(self, name: UUID | Receipt) -> list[UUID]:
        """Give the answers in the customer's own words, of the visit in which the one with this name was given.

        Those whose text was erased are among them; empty where there is no such answer.
        """
        with self._connected() as connection:
            return [UUID(each) for each in connection.execute(queries.written(name)).scalars()]

    def context_keys(self, from_ms: int | None = None, to_ms: int | None = None) -> list[str]:
        """Give every key that an answer has in its context, in the order of the alphabet."""
        with self._connected() as connection:
            return sorted(connection.execute(queries.context_keys((from_ms, to_ms))).scalars())

    def visits(self, from_ms: int | None = None, to_ms: int | None = None) -> Iterator[StoredVisit]:
        """Give the visits that ended, in that order, one at a time."""
        with self._connected() as connection:
            for row in connection.execute(queries.visits((from_ms, to_ms))):
                yield StoredVisit(visit_from(row), row.corrected_ms, self.device_id)

    def count_values(self, from_ms: int | None = None, to_ms: int | None = None) -> Tally:
        """Count the answers of each question, as `results.tally.count` does, but in the database."""
        with self._connected() as connection:
            return counts.tally(connection, (from_ms, to_ms))

    def slots(
        self, scale: Scale, day_ends_at: time, from_ms: int | None = None, to_ms: int | None = None
    ) -> list[Slot]:
        """Count the answers on a scale by when they were given, as `results.slots.slots` does, but in the database."""
        with self._connected() as connection:
            return counts.slots(connection, scale, slot_ms(day_ends_at), (from_ms, to_ms))

    def taps(self, from_ms: int | None = None, to_ms: int | None = None) -> Iterator[Tap]:
        """Give the answers that count as `results.taps.taps_of` does, in the order they were given, one at a time."""
        with self._connected() as connection:
            yield from counts.taps(connection, (from_ms, to_ms))

    def doubts(self, config: Config, period: Period, watched: Watched = iter) -> Iterator[Doubt]:
        """Give the doubtful answers of a period, in the order they were given; what is looked at passes `watched`."""
        with self._connected() as connection:
            yield from doubts_in(connection, config, period, watched)

    def staff_moments(self, from_ms: int, to_ms: int) -> list[int]:
        """Give the moments at which staff did something at the kiosk, in no order."""
        with self._connected() as connection:
            return list(connection.execute(queries.staff_moments((from_ms, to_ms))).scalars())

    def outcomes(self, from_ms: int | None = None, to_ms: int | None = None) -> dict[Outcome, int]:
        """Count the visits by how they ended; visits of test mode are left out, outcomes that did not happen too."""
        with self._connected() as connection:
            return {Outcome(row.outcome): row.n for row in connection.execute(queries.outcomes((from_ms, to_ms)))}

    def last_note(self, *events: str) -> str | None:
        """Tell which of these events the staff log had last; None when it had none of them."""
        last = select(STAFF_LOG.c.event).where(STAFF_LOG.c.event.in_(events)).order_by(STAFF_LOG.c.id.desc()).limit(1)
        with self._connected() as connection:
            return connection.execute(last).scalar_one_or_none()

    def closes(self) -> Iterator[DayClose]:
        """Give the closed days, the last one first, one at a time."""
        with self._connected() as connection:
            for row in connection.execute(select(DAY_CLOSE).order_by(DAY_CLOSE.c.number.desc())):
                yield close_from(row)

    def outbox(self, after_seq: int, limit: int) -> list[Outgoing]:
        """Give the next records after one: answers, visits and erasures in the order they were counted."""
        with self._connected() as connection:
            return outbox.outgoing(connection, after_seq, limit)

    def deliveries(self, destinations: Iterable[str]) -> list[Delivery]:
        """Tell of each of these destinations how far it is; one that was never sent to is at the beginning."""
        with self._connected() as connection:
            return list(outbox.deliveries(connection, destinations))

    def refused(self, destinations: Iterable[str] | None = None) -> Iterator[Parked]:
        """Give the records that these destinations would not take, or any did; the latest first, one at a time."""
        with self._connected() as connection:
            yield from outbox.parked(connection, destinations)

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""
        self._engine.dispose()

    def __enter__(self) -> Reader:
        """Give the reader itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with explained(self._path), self._engine.connect() as connection:
            yield connection


def _require_schema(connection: Connection, path: Path) -> None:
    schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    require_known(schema, path)
    if schema < SCHEMA:
        hint = N_("Start this kiosk once: it converts the file.")
        raise StoreUnfit(N_("{database} is an older kiosk's (schema {schema})."), hint, database=path, schema=schema)
