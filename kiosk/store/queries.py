"""What the reader asks: records of a period by corrected time, and how visits ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
)

from kiosk.answer import STAFF_TEST
from kiosk.receipt import Receipt
from kiosk.store.columns import REPEATED, SINGLE
from kiosk.store.tables import ANSWER, BOOT, STAFF_LOG, VISIT

Period = tuple[int | None, int | None]
"""UTC milliseconds: the first instant, and the first after the last; None where there is no bound."""

_LONG_MS = 35 * 86_400_000
"""Above this, a table is read as it stands, in order; SQLite would hold in memory what it finds through indexes."""

STAFF_EVENTS = (
    *("opened", "closed", "pin_set", "test_mode_on", "test_mode_off", "out_of_service", "in_service"),
    *("exported", "left_program"),
)
"""What the staff log holds of people who were let in; all else in it, the kiosk did itself or strangers tried."""


def corrected_ms(table: FromClause) -> ColumnElement[int]:
    """Give the time of a row as right as it is known: one from before its boot's first sync is counted back."""
    offset = select(BOOT.c.offset_ms).where(BOOT.c.boot_id == table.c.boot_id).scalar_subquery()
    counted_back = func.coalesce(table.c.boot_ms + offset, table.c.at_ms)
    return case((table.c.clock_state == "unsynced", counted_back), else_=table.c.at_ms)


def answers(period: Period) -> Select[Any]:
    """Select answers as they were counted, with what became of them."""
    columns = (*ANSWER.c, corrected_ms(ANSWER).label("corrected_ms"), superseded().label("superseded"))
    ended = ANSWER.outerjoin(VISIT, VISIT.c.visit_id == ANSWER.c.visit_id)
    statement = select(*columns, VISIT.c.outcome).select_from(ended).order_by(ANSWER.c.seq)
    return _within(statement, ANSWER, period)


def answer_columns(period: Period) -> Select[Any]:
    """Select what `columns.columns_from` takes, of answers in the order they were given."""
    at_ms = corrected_ms(ANSWER)
    worked_out: dict[str, ColumnElement[Any]] = {
        "text": case((ANSWER.c.erased_ms.is_not(None), ""), else_=ANSWER.c.text),
        "superseded": superseded(),
        "outcome": VISIT.c.outcome,
        "corrected_ms": at_ms,
    }
    columns = {**ANSWER.c, **worked_out}
    single, repeated = ([columns[name] for name in names] for names in (SINGLE, REPEATED))
    ended = ANSWER.outerjoin(VISIT, VISIT.c.visit_id == ANSWER.c.visit_id)
    statement = (
        select(*single, func.json_array(*repeated, is_timed(at_ms), says_something()))
        .select_from(ended)
        .order_by(ANSWER.c.seq)
    )
    return _within(statement, ANSWER, period)


def answer_count(period: Period) -> Select[Any]:
    """Select how many answers there are, of whatever kind."""
    return _within(select(func.count()).select_from(ANSWER), ANSWER, period)


def span() -> Select[int, int]:
    """Select the earliest and the latest time of an answer."""
    at_ms = corrected_ms(ANSWER)
    return select(func.min(at_ms), func.max(at_ms))


def last_answer() -> Select[int]:
    """Select the time of the answer that was counted last."""
    return select(corrected_ms(ANSWER)).order_by(ANSWER.c.seq.desc()).limit(1)


def written(name: UUID | Receipt) -> Select[Any]:
    """Select the ids of all answers in words of the visit in which the one with this name was given."""
    in_words = or_(ANSWER.c.text.is_not(None), ANSWER.c.erased_ms.is_not(None))
    named = ANSWER.c.id == str(name) if isinstance(name, UUID) else ANSWER.c.id.endswith(name.ending)
    visits = select(ANSWER.c.visit_id).where(in_words, named)
    return select(ANSWER.c.id).where(ANSWER.c.visit_id.in_(visits), in_words).order_by(ANSWER.c.seq)


def context_keys(period: Period) -> Select[Any]:
    """Select every key that the context of an answer has."""
    entry = func.json_each(ANSWER.c.context).table_valued("key", name="entry", joins_implicitly=True)
    return _within(select(entry.c.key).distinct().where(ANSWER.c.context != "{}"), ANSWER, period)


def visits(period: Period) -> Select[Any]:
    """Select visits as they were counted."""
    statement = select(VISIT, corrected_ms(VISIT).label("corrected_ms")).order_by(VISIT.c.seq)
    return _within(statement, VISIT, period)


def staff_moments(period: Period) -> Select[Any]:
    """Select the corrected times at which staff did something at the kiosk."""
    when = corrected_ms(STAFF_LOG)
    by_staff = STAFF_LOG.c.event.in_(STAFF_EVENTS)
    return select(when).where(by_staff, when >= period[0], when < period[1])


def outcomes(period: Period) -> Select[Any]:
    """Select how many visits ended in which way; visits of test mode alone are left out."""
    answered = exists().where(ANSWER.c.visit_id == VISIT.c.visit_id)
    statement = select(VISIT.c.outcome, func.count().label("n")).where(or_(~answered, answered.where(~_is_test())))
    return _within(statement, VISIT, period).group_by(VISIT.c.outcome)


def _is_test() -> ColumnElement[bool]:
    return ANSWER.c.marks.contains(f'"{STAFF_TEST}"', autoescape=True)


def superseded() -> ColumnElement[bool]:
    """Tell whether a later answer took an answer's place."""
    newer = ANSWER.alias("newer")
    return exists().where(newer.c.supersedes == ANSWER.c.id)


def is_timed(corrected_ms: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell whether anybody knows at what time of day an answer was given."""
    return or_(ANSWER.c.clock_state != "unsynced", corrected_ms != ANSWER.c.at_ms)


def says_something() -> ColumnElement[bool]:
    """Tell whether an answer does more than to withdraw another."""
    told = or_(ANSWER.c.text.is_not(None), ANSWER.c.erased_ms.is_not(None))
    return or_(ANSWER.c.value.is_not(None), ANSWER.c.choices != "[]", told)


def is_long(period: Period) -> bool:
    """Tell whether a period may hold so much that it is to be read in the table's own order."""
    first_ms, end_ms = period
    return first_ms is None or end_ms is None or end_ms - first_ms > _LONG_MS


def _within(statement: Select[Any], table: Table, period: Period) -> Select[Any]:
    if is_long(period):
        return statement.where(*between(corrected_ms(table), period))
    return statement.where(table.c.seq.in_(placed(table, period, lambda _: [table.c.seq])))


def in_order(
    table: Table,
    period: Period,
    columns: Callable[[ColumnElement[int]], Sequence[ColumnElement[Any]]],
    *wanted: ColumnElement[bool],
) -> Select[Any]:
    """Select `columns`, `seq` among them, of a period's rows, in the order in which they were counted.

    `columns` is given the corrected time. Some days are found through indexes and put in order; many are read as the
    table has them.
    """
    if is_long(period):
        at_ms = corrected_ms(table)
        return select(*columns(at_ms)).where(*wanted, *between(at_ms, period)).order_by(table.c.seq)
    rows = placed(table, period, columns, *wanted).subquery().c
    return select(*rows).where(rows.seq.is_not(None)).order_by(rows.seq)


def placed(
    table: Table,
    period: Period,
    columns: Callable[[ColumnElement[int]], Sequence[ColumnElement[Any]]],
    *wanted: ColumnElement[bool],
) -> CompoundSelect[Any]:
    """Select `columns` of a period's rows, through an index for each way in which the time of a row is known.

    `columns` is given the corrected time as that way knows it. A row may come that is NULL all over.
    """
    unsynced = table.c.clock_state == "unsynced"
    as_claimed = between(table.c.at_ms, period)
    counted_back = between(table.c.boot_ms, period, BOOT.c.offset_ms)
    never_synced = ~exists().where(BOOT.c.boot_id == table.c.boot_id)
    # From the boots outwards: the outer join keeps SQLite from walking through every unsynced row.
    of_boots = BOOT.outerjoin(table, and_(table.c.boot_id == BOOT.c.boot_id, unsynced, *counted_back, *wanted))
    return union_all(
        select(*columns(table.c.at_ms)).where(*as_claimed, or_(~unsynced, never_synced), *wanted),
        select(*columns(table.c.boot_ms + BOOT.c.offset_ms)).select_from(of_boots),
    )


def between(
    time_ms: ColumnElement[int], period: Period, offset_ms: ColumnElement[int] | int = 0
) -> Iterator[ColumnElement[bool]]:
    """Bound a time that `offset_ms` is missing from; one without bounds is read in the table's own order."""
    first_ms, end_ms = period
    if first_ms is not None:
        yield time_ms >= first_ms - offset_ms
    if end_ms is not None:
        yield time_ms < end_ms - offset_ms
