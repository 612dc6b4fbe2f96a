"""Counts of a place from the rollups, as the very objects that `kiosk.results` works with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, select

from kiosk.answer import Outcome
from kiosk.hub.store.tables.counts import CHOICE_COUNT, DAY_COUNT, OUTCOME_COUNT, SLOT_COUNT
from kiosk.results.question import values_of
from kiosk.results.slots import Slot
from kiosk.results.tally import Counts, Scale, Tally

Days = tuple[date | None, date | None]
"""The first and the last business day, both included; None where there is no bound."""


def tally(connection: Connection, devices: Sequence[UUID], days: Days) -> Tally:
    """Count the answers of some business days, as `results.tally.count` does.

    Of doubtful answers their number alone is known here, not what they say; touchpoints are not known.
    """
    counted: Tally = {}
    for row in connection.execute(_days_of_questions(devices, days)).mappings():
        scale = scale_from(row)
        counted[scale] = Counts(
            n=row["n"], flagged=row["flagged"], superseded=row["superseded"], values=values_from(row, scale)
        )
    for question, choice, n in connection.execute(_choices(devices, days)):
        if n:
            counted.setdefault(Scale(question, "choice", None), Counts()).values[choice] += n
    return counted


def answers_by_day(connection: Connection, devices: Sequence[UUID], days: Days) -> dict[date, int]:
    """Count the answers of each business day that has any; those that nobody counts are left out."""
    query = select(DAY_COUNT.c.day, func.sum(DAY_COUNT.c.n)).where(*_within(DAY_COUNT, devices, days))
    return {day: int(n) for day, n in connection.execute(query.group_by(DAY_COUNT.c.day))}


def outcomes(connection: Connection, devices: Sequence[UUID], days: Days) -> dict[Outcome, int]:
    """Count the visits by how they ended."""
    total = func.sum(OUTCOME_COUNT.c.n)
    query = select(OUTCOME_COUNT.c.outcome, total).where(*_within(OUTCOME_COUNT, devices, days))
    return {Outcome(outcome): int(n) for outcome, n in connection.execute(query.group_by(OUTCOME_COUNT.c.outcome)) if n}


def slots(
    connection: Connection, devices: Sequence[UUID], scale: Scale, from_ms: int | None, to_ms: int | None
) -> list[Slot]:
    """Count the answers on a scale by quarters of an hour, as `results.slots.slots` does."""
    start_ms, is_timed = SLOT_COUNT.c.start_ms, SLOT_COUNT.c.is_timed
    query = select(start_ms, is_timed, *_sums(SLOT_COUNT, scale)).where(*_on_scale(SLOT_COUNT, devices, scale))
    if from_ms is not None:
        query = query.where(start_ms >= from_ms)
    if to_ms is not None:
        query = query.where(start_ms < to_ms)
    rows = connection.execute(query.group_by(start_ms, is_timed)) if values_of(scale) else ()
    return [
        Slot(start, bool(timed), str(value), int(n))
        for start, timed, *numbers in rows
        for value, n in zip(values_of(scale), numbers, strict=True)
        if n
    ]


def values_by_day(
    connection: Connection, devices: Sequence[UUID], scale: Scale, days: Days
) -> Iterator[tuple[date, str, int]]:
    """Count the answers on a scale by business day and value."""
    day = DAY_COUNT.c.day
    query = select(day, *_sums(DAY_COUNT, scale)).where(*_on_scale(DAY_COUNT, devices, scale))
    query = query.where(*_within(DAY_COUNT, devices, days)).group_by(day)
    for of_day, *numbers in connection.execute(query) if values_of(scale) else ():
        yield from ((of_day, str(value), int(n)) for value, n in zip(values_of(scale), numbers, strict=True) if n)


def scale_from(row: RowMapping) -> Scale:
    """Give the scale that a row of a rollup counts."""
    return Scale(row["question"], row["kind"], row["points"] or None)


def values_from(row: RowMapping, scale: Scale) -> Counter[str]:
    """Give how often each value of a scale was given; nothing for choice and text."""
    return Counter({str(value): int(row[f"v{value}"]) for value in values_of(scale) if row[f"v{value}"]})


def _days_of_questions(devices: Sequence[UUID], days: Days) -> Any:
    alike = [DAY_COUNT.c[name] for name in ("question", "kind", "points")]
    counters = ("n", "flagged", "superseded", *(f"v{value}" for value in range(11)))
    sums = [func.sum(DAY_COUNT.c[name]).label(name) for name in counters]
    query = select(*alike, *sums).where(*_within(DAY_COUNT, devices, days)).group_by(*alike)
    return query.having(func.sum(DAY_COUNT.c.n) + func.sum(DAY_COUNT.c.superseded) > 0)


def _choices(devices: Sequence[UUID], days: Days) -> Any:
    alike = (CHOICE_COUNT.c.question, CHOICE_COUNT.c.choice)
    query = select(*alike, func.sum(CHOICE_COUNT.c.n)).where(*_within(CHOICE_COUNT, devices, days))
    return query.group_by(*alike)


def _within(table: Table, devices: Sequence[UUID], days: Days) -> Iterator[ColumnElement[bool]]:
    first, last = days
    yield table.c.device_id.in_(devices)
    if first is not None:
        yield table.c.day >= first
    if last is not None:
        yield table.c.day <= last


def _sums(table: Table, scale: Scale) -> list[ColumnElement[int]]:
    return [func.sum(table.c[f"v{value}"]) for value in values_of(scale)]


def _on_scale(table: Table, devices: Sequence[UUID], scale: Scale) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.device_id.in_(devices),
        table.c.question == scale.question,
        table.c.kind == scale.kind,
        table.c.points == (scale.points or 0),
    )
