"""Counting in the database what `results` counts answer by answer; tests hold the two together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Row, Select, func, or_, select, union_all

from kiosk.answer import STAFF_TEST
from kiosk.results.slots import Slot
from kiosk.results.tally import Counts, Scale, Tally
from kiosk.results.taps import Tap
from kiosk.store.queries import Period, between, corrected_ms, placed, superseded, ways
from kiosk.store.rows import items
from kiosk.store.tables import ANSWER

_SCALE = ("question", "kind", "points")
_BATCH = 256
"""Rows that are read at once: enough to be fast, few enough to take next to no memory."""
_LONG_MS = 35 * 86_400_000
"""Above this, reading all answers in order is better than to sort those of the period."""

# The same few come again and again, a million times.
_scale = lru_cache(maxsize=256)(Scale)
_alone = lru_cache(maxsize=256)(lambda value: (str(value),))


def tally(connection: Connection, period: Period) -> Tally:
    """Count the answers of a period."""
    counted: Tally = {}
    newest: dict[Scale, int] = {}
    for row in connection.execute(kinds_of_answers(period)):
        marks = items(row.marks)
        if STAFF_TEST in marks:
            continue
        scale = Scale(row.question, row.kind, row.points)
        counts = counted.setdefault(scale, Counts())
        if row.newest >= newest.setdefault(scale, row.newest):
            newest[scale], counts.touchpoint = row.newest, row.touchpoint
        _add(counts, row, marks)
    return counted


def slots(connection: Connection, scale: Scale, length_ms: int, period: Period) -> list[Slot]:
    """Count the answers of a period on one scale, by slots of a length."""
    counted: Counter[tuple[int, int, int]] = Counter()
    for slot, is_timed, value, n in connection.execute(values_by_time(scale, length_ms, period)):
        if value is not None:
            counted[slot, is_timed, value] += n
    return [Slot(slot * length_ms, bool(is_timed), str(value), n) for (slot, is_timed, value), n in counted.items()]


def taps(connection: Connection, period: Period) -> Iterator[Tap]:
    """Read the answers of a period that count, as the rules of misuse see them, in the order they were given."""
    for rows in connection.execute(looks(period)).partitions(_BATCH):
        for visit_id, question, kind, points, at_ms, is_timed, value, choices, marks, seq in rows:
            stored = items(marks)
            if STAFF_TEST not in stored:
                given = items(choices) if value is None else _alone(value)
                yield Tap(visit_id, _scale(question, kind, points), at_ms, is_timed == 1, given, stored, seq)


def looks(period: Period) -> Select[Any]:
    """Select what the rules of misuse look at in answers that say something and were not superseded, in their order.

    Some days are found through indexes and put in order. Many are read as the table has them: to sort a million answers
    SQLite would hold them all in memory.
    """

    def columns(corrected_ms: ColumnElement[int]) -> list[ColumnElement[Any]]:
        told = [ANSWER.c[name] for name in ("visit_id", *_SCALE)]
        timed = (corrected_ms.label("corrected_ms"), _is_timed(corrected_ms).label("is_timed"))
        return [*told, *timed, *(ANSWER.c[name] for name in ("value", "choices", "marks", "seq"))]

    wanted = (_says_something(), ~superseded())
    if _is_long(period):
        at_ms = corrected_ms(ANSWER)
        return select(*columns(at_ms)).where(*wanted, *between(at_ms, period)).order_by(ANSWER.c.seq)
    rows = placed(ANSWER, period, columns, *wanted).subquery().c
    return select(*rows).where(rows.seq.is_not(None)).order_by(rows.seq)


def _is_long(period: Period) -> bool:
    first_ms, end_ms = period
    return first_ms is None or end_ms is None or end_ms - first_ms > _LONG_MS


def kinds_of_answers(period: Period) -> Select[Any]:
    """Select how many answers there are of each kind that matters for counting; empty ones are left out.

    `touchpoint` is that of the newest of them: SQLite takes plain columns from the row that has the maximum.
    """

    def columns(_: ColumnElement[int]) -> list[ColumnElement[Any]]:
        names = ("seq", *_SCALE, "value", "choices", "marks", "touchpoint")
        return [*(ANSWER.c[name] for name in names), superseded().label("superseded")]

    rows = placed(ANSWER, period, columns, _says_something()).subquery().c
    alike = [rows[name] for name in (*_SCALE, "value", "choices", "marks", "superseded")]
    statement = select(*alike, rows.touchpoint, func.max(rows.seq).label("newest"), func.count().label("n"))
    return statement.where(rows.seq.is_not(None)).group_by(*alike)


def values_by_time(scale: Scale, length_ms: int, period: Period) -> CompoundSelect[Any]:
    """Select how often each value of a scale was given in each slot, in answers that count.

    A value may come twice for a slot, once for each way in which times are known: grouping both together would have
    SQLite copy every row first.
    """

    def columns(corrected_ms: ColumnElement[int]) -> list[ColumnElement[Any]]:
        slot = corrected_ms // length_ms
        return [slot.label("slot"), _is_timed(corrected_ms).label("is_timed"), ANSWER.c.value]

    of_scale = (ANSWER.c[name] == part for name, part in zip(_SCALE, scale, strict=True))
    # Most answers have no mark, and comparing is quicker than searching.
    no_test = or_(ANSWER.c.marks == "[]", ~ANSWER.c.marks.contains(f'"{STAFF_TEST}"', autoescape=True))
    counted = (ANSWER.c.value.is_not(None), no_test, ~superseded())
    alike = ("slot", "is_timed", "value")
    found = ways(ANSWER, period, columns, *of_scale, *counted)
    return union_all(*(way.add_columns(func.count().label("n")).group_by(*alike) for way in found))


def _is_timed(corrected_ms: ColumnElement[int]) -> ColumnElement[bool]:
    return or_(ANSWER.c.clock_state != "unsynced", corrected_ms != ANSWER.c.at_ms)


def _says_something() -> ColumnElement[bool]:
    told = or_(ANSWER.c.text.is_not(None), ANSWER.c.erased_ms.is_not(None))
    return or_(ANSWER.c.value.is_not(None), ANSWER.c.choices != "[]", told)


def _add(counts: Counts, row: Row[Any], marks: tuple[str, ...]) -> None:
    if row.superseded:
        counts.superseded += row.n
        return
    counts.n += row.n
    given = items(row.choices) if row.value is None else (str(row.value),)
    counts.values.update(dict.fromkeys(given, row.n))
    if marks:
        counts.flag(marks, given, row.n)
