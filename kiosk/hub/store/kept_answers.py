"""Single answers of kiosks, as reports, files and the rules of misuse look at them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from kiosk.answer import STAFF_TEST, Answer, Outcome
from kiosk.hub.store.tables.records import ANSWER, VISIT
from kiosk.results.tally import Scale, Tally
from kiosk.results.taps import Tap
from kiosk.store.columns import AnswerColumns, Look, look_at
from kiosk.store.rows import items
from kiosk.store.stored import StoredAnswer

Bounds = tuple[int | None, int | None]
"""UTC milliseconds: the first instant, and the first after the last; None where there is no bound."""

_BATCH = 256
"""Rows that are read at once, as `kiosk.store` does."""
_ENDED = ANSWER.outerjoin(VISIT, (VISIT.c.device_id == ANSWER.c.device_id) & (VISIT.c.visit_id == ANSWER.c.visit_id))


def columns(connection: Connection, device: UUID, bounds: Bounds, *, with_text: bool = True) -> Iterator[AnswerColumns]:
    """Give a kiosk's answers in the order they were given, some at a time and column by column."""
    shown = (*ANSWER.c, VISIT.c.outcome, and_(*_counted()).label("counts"))
    query = select(*shown).select_from(_ENDED).where(*_of(device, bounds)).order_by(ANSWER.c.seq)
    for rows in _streamed(connection, query).partitions(_BATCH):
        yield _columns(rows, with_text)


def stored(connection: Connection, device: UUID, bounds: Bounds) -> Iterator[StoredAnswer]:
    """Give the same answers one at a time."""
    query = select(ANSWER, VISIT.c.outcome).select_from(_ENDED).where(*_of(device, bounds)).order_by(ANSWER.c.seq)
    for row in _streamed(connection, query):
        outcome = Outcome(row.outcome) if row.outcome else None
        yield StoredAnswer(_answer(row), row.at_ms, bool(row.superseded), row.text == "", outcome, device)


def taps(connection: Connection, device: UUID, bounds: Bounds) -> Iterator[Tap]:
    """Give the answers that count as the rules of misuse see them, in the order they were given."""
    names = ("visit_id", "question", "kind", "points", "at_ms", "is_timed", "value", "choices", "marks", "seq")
    query = select(*(ANSWER.c[name] for name in names)).where(*_of(device, bounds), *_counted()).order_by(ANSWER.c.seq)
    for visit_id, question, kind, points, at_ms, is_timed, value, choices, marks, seq in _streamed(connection, query):
        if look := look_at(is_timed, Scale(question, kind, points or None), value, choices, marks):
            yield Tap(str(visit_id), seq, at_ms, *look)


def flag(connection: Connection, device: UUID, bounds: Bounds, tally: Tally) -> None:
    """Tell the counts of a period what its answers with a mark said, which rollups do not know."""
    alike = [ANSWER.c[name] for name in ("question", "kind", "points", "value", "choices", "marks")]
    query = select(*alike, func.count()).where(*_of(device, bounds), *_counted(), ANSWER.c.marks != "[]")
    for question, kind, points, value, choices, marks, n in _streamed(connection, query.group_by(*alike)):
        if counts := tally.get(Scale(question, kind, points or None)):
            given = items(choices) if value is None else (str(value),)
            counts.flag(items(marks), given, n)


def how_many(connection: Connection, device: UUID, bounds: Bounds) -> int:
    """Count all answers of a kiosk, the superseded ones and those of test mode among them."""
    return int(connection.execute(select(func.count()).select_from(ANSWER).where(*_of(device, bounds))).scalar_one())


def context_keys(connection: Connection, device: UUID, bounds: Bounds) -> set[str]:
    """Give every key that an answer has in its context."""
    query = select(ANSWER.c.context).distinct().where(*_of(device, bounds), ANSWER.c.context != "{}")
    return {key for context in connection.execute(query).scalars() for key in json.loads(context)}


def _of(device: UUID, bounds: Bounds) -> Iterator[ColumnElement[bool]]:
    from_ms, to_ms = bounds
    yield ANSWER.c.device_id == device
    if from_ms is not None:
        yield ANSWER.c.at_ms >= from_ms
    if to_ms is not None:
        yield ANSWER.c.at_ms < to_ms


def _counted() -> tuple[ColumnElement[bool], ...]:
    told = or_(ANSWER.c.value.is_not(None), ANSWER.c.choices != "[]", ANSWER.c.text.is_not(None))
    no_test = or_(ANSWER.c.marks == "[]", ~ANSWER.c.marks.contains(f'"{STAFF_TEST}"', autoescape=True))
    return told, no_test, ANSWER.c.superseded == 0


def _streamed(connection: Connection, query: Select[Any]) -> Any:
    return connection.execution_options(yield_per=_BATCH).execute(query)


def _columns(rows: Any, with_text: bool) -> AnswerColumns:
    def column(name: str) -> list[Any]:
        return [getattr(row, name) for row in rows]

    return AnswerColumns(
        id=[*map(str, column("id"))],
        visit_id=[*map(str, column("visit_id"))],
        **{name: column(name) for name in ("seq", "touchpoint", "question", "kind")},
        points=[points or None for points in column("points")],
        value=column("value"),
        choices=[*map(items, column("choices"))],
        text=column("text") if with_text else [None] * len(rows),
        superseded=[*map(bool, column("superseded"))],
        marks=[*map(items, column("marks"))],
        **{name: column(name) for name in ("outcome", "language")},
        corrected_ms=column("at_ms"),
        clock_state=[json.loads(clock)["state"] for clock in column("clock")],
        survey_revision=column("survey_revision"),
        context=[*map(json.loads, column("context"))],
        look=[_look(row) if row.counts else None for row in rows],
    )


def _look(row: Row[Any]) -> Look | None:
    scale = Scale(row.question, row.kind, row.points or None)
    return look_at(row.is_timed, scale, row.value, row.choices, row.marks)


def _answer(row: Row[Any]) -> Answer:
    clock = json.loads(row.clock)
    return Answer(
        **{name: getattr(row, name) for name in ("id", "visit_id", "seq", "survey_revision", "language", "layout")},
        **{name: getattr(row, name) for name in ("touchpoint", "question", "kind", "value", "text", "supersedes")},
        at_ms=clock["at_ms"],
        boot_id=clock["boot_id"],
        boot_ms=clock["boot_ms"],
        clock_state=clock["state"],
        context=json.loads(row.context),
        points=row.points or None,
        choices=items(row.choices),
        marks=items(row.marks),
    )
