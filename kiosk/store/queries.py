"""What the reader asks: records of a period by corrected time, and counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    union_all,
)

from kiosk.answer import STAFF_TEST
from kiosk.store.tables import ANSWER, BOOT, VISIT

Period = tuple[int | None, int | None]
"""UTC milliseconds: the first instant, and the first after the last; None where there is no bound."""

_NO_BOUND = 2**62
_SCALE = (ANSWER.c.question, ANSWER.c.kind, ANSWER.c.points)


def corrected_ms(table: FromClause) -> ColumnElement[int]:
    """Give the time of a row as right as it is known: one from before its boot's first sync is counted back."""
    offset = select(BOOT.c.offset_ms).where(BOOT.c.boot_id == table.c.boot_id).scalar_subquery()
    counted_back = func.coalesce(table.c.boot_ms + offset, table.c.at_ms)
    return case((table.c.clock_state == "unsynced", counted_back), else_=table.c.at_ms)


def answers(period: Period) -> Select[Any]:
    """Select answers as they were counted, with what became of them."""
    columns = (*ANSWER.c, corrected_ms(ANSWER).label("corrected_ms"), _superseded().label("superseded"))
    ended = ANSWER.outerjoin(VISIT, VISIT.c.visit_id == ANSWER.c.visit_id)
    statement = select(*columns, VISIT.c.outcome).select_from(ended).order_by(ANSWER.c.seq)
    return _within(statement, ANSWER, period)


def visits(period: Period) -> Select[Any]:
    """Select visits as they were counted."""
    statement = select(VISIT, corrected_ms(VISIT).label("corrected_ms")).order_by(VISIT.c.seq)
    return _within(statement, VISIT, period)


def totals(period: Period) -> Select[Any]:
    """Select, question by question, how many answers count, how many of these are marked, and how many are superseded.

    `touchpoint` is that of the last answer: SQLite takes plain columns from the row that has the maximum.
    """
    superseded = _superseded()
    statement = select(
        *(*_SCALE, ANSWER.c.touchpoint, func.max(ANSWER.c.seq)),
        func.count().filter(~superseded).label("n"),
        func.count().filter(ANSWER.c.marks != "[]", ~superseded).label("flagged"),
        func.count().filter(superseded).label("superseded"),
    )
    return _within(statement.where(_is_given()), ANSWER, period).group_by(*_SCALE)


def values(period: Period) -> CompoundSelect[Any]:
    """Select how often each value, or choice, was given to each question, in answers that count."""
    picked = func.json_each(ANSWER.c.choices).table_valued("value", name="picked", joins_implicitly=True)
    tapped = _counted(cast(ANSWER.c.value, String), period).where(ANSWER.c.value.is_not(None))
    return union_all(tapped, _counted(picked.c.value, period).where(ANSWER.c.choices != "[]"))


def _counted(key: ColumnElement[str], period: Period) -> Select[Any]:
    statement = select(*_SCALE, key.label("key"), func.count().label("n")).where(_is_given(), ~_superseded())
    return _within(statement, ANSWER, period).group_by(*_SCALE, key)


def outcomes(period: Period) -> Select[Any]:
    """Select how many visits ended in which way; visits of test mode alone are left out."""
    answered = exists().where(ANSWER.c.visit_id == VISIT.c.visit_id)
    statement = select(VISIT.c.outcome, func.count().label("n")).where(or_(~answered, answered.where(~_is_test())))
    return _within(statement, VISIT, period).group_by(VISIT.c.outcome)


def _is_given() -> ColumnElement[bool]:
    """Tell whether an answer says something, and was not given in test mode."""
    something = or_(
        ANSWER.c.value.is_not(None),
        ANSWER.c.choices != "[]",
        ANSWER.c.text.is_not(None),
        ANSWER.c.erased_ms.is_not(None),
    )
    return and_(something, ~_is_test())


def _is_test() -> ColumnElement[bool]:
    return ANSWER.c.marks.contains(f'"{STAFF_TEST}"', autoescape=True)


def _superseded() -> ColumnElement[bool]:
    newer = ANSWER.alias("newer")
    return exists().where(newer.c.supersedes == ANSWER.c.id)


def _within(statement: Select[Any], table: Table, period: Period) -> Select[Any]:
    if period == (None, None):
        return statement
    return statement.where(table.c.seq.in_(_counted_in(table, period)))


def _counted_in(table: Table, period: Period) -> Any:
    """Select the `seq` of a period's rows, through an index for each way in which the time of a row is known."""
    low = -_NO_BOUND if period[0] is None else period[0]
    high = _NO_BOUND if period[1] is None else period[1]
    seq, unsynced = select(table.c.seq), table.c.clock_state == "unsynced"
    as_claimed = and_(table.c.at_ms >= low, table.c.at_ms < high)
    counted_back = and_(table.c.boot_ms >= low - BOOT.c.offset_ms, table.c.boot_ms < high - BOOT.c.offset_ms)
    never_synced = ~exists().where(BOOT.c.boot_id == table.c.boot_id)
    # From the boots outwards: the outer join keeps SQLite from walking through every unsynced row.
    of_boots = BOOT.outerjoin(table, and_(table.c.boot_id == BOOT.c.boot_id, unsynced, counted_back))
    return union_all(seq.where(as_claimed, or_(~unsynced, never_synced)), seq.select_from(of_boots))
