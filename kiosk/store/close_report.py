"""What the page of a close says, worked out when the day is closed and kept as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, exists, func, select

from kiosk.answer import Outcome
from kiosk.clock import business_day
from kiosk.config import Config
from kiosk.results.day import DayFigures, day_figures
from kiosk.results.doubts import marks_of_visits
from kiosk.results.period import Period
from kiosk.results.tally import count
from kiosk.store import queries
from kiosk.store.day_close import OpenProblem
from kiosk.store.doubtful import doubts_in
from kiosk.store.rows import answer_from
from kiosk.store.stored import StoredAnswer
from kiosk.store.tables import ANSWER, BOOT, DEVICE, STAFF_LOG, VISIT

Span = tuple[int, int]
"""The records of a close: the last one before it, and its own last one."""

_QUARANTINED = "quarantined"


@dataclass(slots=True)
class _Dates:
    """Which days the records of a close are of."""

    own: list[int] = field(default_factory=list)
    """Times of the day's own records."""
    others: dict[str, Counter[date]] = field(default_factory=lambda: {"answer": Counter(), "visit": Counter()})
    unsynced: int = 0


def close_report(
    connection: Connection, day: date, span: Span, config: Config, problems: Sequence[OpenProblem], since_ms: int
) -> dict[str, Any]:
    """Give the report of a day's close as a JSON object; `since_ms` is when the day before was closed."""
    figures = _figures(connection, day, span, config)
    dates = _dates(connection, day, span, config)
    return {
        "location": figures.location,
        "first_ms": min(dates.own, default=None),
        "last_ms": max(dates.own, default=None),
        "visits": dict(figures.visits),
        "questions": [question.as_json() for question in figures.questions],
        "flagged": sum(question.flagged for question in figures.questions),
        "unsynced": dates.unsynced,
        "others": _others(dates),
        "problems": [asdict(problem) for problem in (*problems, *_quarantines(connection, since_ms))],
    }


def _figures(connection: Connection, day: date, span: Span, config: Config) -> DayFigures:
    """Work out the figures of the day's own records in the close, with what is doubtful by now."""
    period = Period(day)
    bounds = period.bounds_in(config)
    marks = marks_of_visits(doubts_in(connection, config, period))
    tally = count(_answers(connection, span, bounds), lambda row: marks.get(str(row.answer.visit_id), ()))
    ended = queries.outcomes(bounds).where(_in(VISIT, span))
    outcomes = {Outcome(row.outcome): row.n for row in connection.execute(ended)}
    return day_figures(tally, outcomes, config, period)


def _answers(connection: Connection, span: Span, bounds: queries.Period) -> Iterator[StoredAnswer]:
    device_id = connection.execute(select(DEVICE.c.id)).scalar_one()
    for row in connection.execute(queries.answers(bounds).where(_in(ANSWER, span))):
        outcome = Outcome(row.outcome) if row.outcome else None
        erased = row.erased_ms is not None
        yield StoredAnswer(answer_from(row), row.corrected_ms, bool(row.superseded), erased, outcome, device_id)


def _dates(connection: Connection, day: date, span: Span, config: Config) -> _Dates:
    dates = _Dates()
    for table in (ANSWER, VISIT):
        undated = (table.c.clock_state == "unsynced") & ~exists().where(BOOT.c.boot_id == table.c.boot_id)
        rows = connection.execute(select(queries.corrected_ms(table), undated).where(_in(table, span)))
        for at_ms, is_unsynced in rows:
            dates.unsynced += is_unsynced
            of = business_day(at_ms, config.zone, config.kiosk.day_ends_at)
            if of == day:
                dates.own.append(at_ms)
            else:
                dates.others[table.name][of] += 1
    return dates


def _others(dates: _Dates) -> list[dict[str, Any]]:
    answers, visits = dates.others["answer"], dates.others["visit"]
    days = sorted(answers | visits)
    return [{"day": day.isoformat(), "answers": answers[day], "visits": visits[day]} for day in days]


def _quarantines(connection: Connection, since_ms: int) -> list[OpenProblem]:
    """Tell of damaged databases that were put aside since the day before was closed."""
    noted = select(func.count()).where(STAFF_LOG.c.event == _QUARANTINED, STAFF_LOG.c.at_ms > since_ms)
    if not connection.execute(noted).scalar_one():
        return []
    return [OpenProblem(_QUARANTINED, "A damaged database was put aside, with the answers in it.")]


def _in(table: Table, span: Span) -> Any:
    return table.c.seq.between(span[0] + 1, span[1])
