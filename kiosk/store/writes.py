"""What is written: each function works inside one transaction of the writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert, select, update

from kiosk.answer import Answer, Outcome, Visit, new_id
from kiosk.clock import Moment
from kiosk.errors import StoreError
from kiosk.store.rows import answer_from, answer_row, moment_row, visit_from, visit_row
from kiosk.store.tables import ANSWER, DEVICE, STAFF_LOG, VISIT
from kiosk.words import N_


def take_over(connection: Connection) -> UUID:
    """Put in order what a crash or a power cut left behind; give the device's id.

    Raises DBAPIError where the file can only be read: SQLite opens such a file, and even begins to write, gladly.
    """
    connection.execute(update(DEVICE).values(next_seq=DEVICE.c.next_seq))
    end_open_visits(connection)
    return UUID(connection.execute(select(DEVICE.c.id)).scalar_one())


def write(connection: Connection, record: Answer | Visit) -> None:
    """Write a record. One that is there already is left alone; another content under its id is a StoreError."""
    if (stored := _find(connection, record)) is None:
        _insert(connection, [record])
    elif not _is_same(stored, record):
        said = N_("Record {id} is stored with another content.")
        raise StoreError(said, N_("Please report this with the end of kiosk.log."), id=record.id)


def write_many(connection: Connection, records: Sequence[Answer | Visit]) -> int:
    """Write new records, counted in the order given; tell how many."""
    _insert(connection, records)
    return len(records)


def write_note(connection: Connection, moment: Moment, event: str, detail: str) -> None:
    """Write a line of the staff log."""
    connection.execute(insert(STAFF_LOG).values(**moment_row(moment), event=event, detail=detail))


def end_open_visits(connection: Connection) -> None:
    """End, as `left`, the visits that were cut off. Needs that none is going on.

    Such a visit ended, as far as anyone knows, with its last answer.
    """
    still_open = ANSWER.c.visit_id.not_in(select(VISIT.c.visit_id))
    answers = select(ANSWER).where(still_open).order_by(ANSWER.c.visit_id, ANSWER.c.seq)
    given = map(answer_from, connection.execute(answers).all())
    ends = [_end(list(visit)) for _, visit in groupby(given, attrgetter("visit_id"))]
    if ends:
        _insert(connection, ends)


def _end(answers: Sequence[Answer]) -> Visit:
    first, last = answers[0], answers[-1]
    lasted_ms = max(0, last.boot_ms - first.boot_ms) if first.boot_id == last.boot_id else 0
    return Visit(
        id=new_id(Moment(last.at_ms, last.boot_id, last.boot_ms, last.clock_state)),
        visit_id=last.visit_id,
        at_ms=last.at_ms,
        boot_id=last.boot_id,
        boot_ms=last.boot_ms,
        clock_state=last.clock_state,
        survey_revision=last.survey_revision,
        language=last.language,
        layout=last.layout,
        touchpoint=first.touchpoint,
        context=last.context,
        outcome=Outcome.LEFT,
        answering_ms=lasted_ms,
        duration_ms=lasted_ms,
    )


def _insert(connection: Connection, records: Sequence[Answer | Visit]) -> None:
    counter = count(count_on(connection, len(records)))
    answers, visits = [], []
    for record, seq in zip(records, counter, strict=False):
        if isinstance(record, Answer):
            answers.append(answer_row(record, seq))
        else:
            visits.append(visit_row(record, seq))
    for table, rows in ((ANSWER, answers), (VISIT, visits)):
        if rows:
            _insert_rows(connection, table, rows)


def _insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of the same columns; by plain SQL, as SQLAlchemy would look at every value of every row."""
    columns, places = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
    values = [tuple(row.values()) for row in rows]
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({places})", values)


def count_on(connection: Connection, records: int) -> int:
    """Take so many numbers from the device's counter; give the first."""
    counter = DEVICE.c.next_seq
    taken = connection.execute(update(DEVICE).values(next_seq=counter + records).returning(counter - records))
    return int(taken.scalar_one())


def _find(connection: Connection, record: Answer | Visit) -> Answer | Visit | None:
    table = ANSWER if isinstance(record, Answer) else VISIT
    row = connection.execute(select(table).where(table.c.id == str(record.id))).first()
    if row is None:
        return None
    return answer_from(row) if table is ANSWER else visit_from(row)


def _is_same(stored: Answer | Visit, record: Answer | Visit) -> bool:
    if isinstance(stored, Answer) and isinstance(record, Answer) and stored.text == "":
        record = replace(record, text="")  # erased since
    return replace(stored, seq=None) == replace(record, seq=None)
