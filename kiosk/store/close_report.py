"""What the page of a close says, worked out when the day is closed and kept as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, exists, func, select

from kiosk.answer import Outcome
from kiosk.clock import business_day, day_bounds
from kiosk.config import Config
from kiosk.results.day import DayFigures, day_figures
from kiosk.results.doubts import doubts, flagged
from kiosk.results.period import Period
from kiosk.results.watch import Watch
from kiosk.store import counts, queries
from kiosk.store.day_close import OpenProblem
from kiosk.store.tables import ANSWER, BOOT, STAFF_LOG, VISIT

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


def close_report(connection: Connection, day: date, span: Span, config: Config, watch: Watch) -> dict[str, Any]:
    """Give the report of a day's close, but for its problems, as a JSON object; the watch has learned for that day."""
    figures = _figures(connection, day, span, config, watch)
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
    }


def told_problems(connection: Connection, problems: Sequence[OpenProblem], since_ms: int) -> list[dict[str, Any]]:
    """Give the problems for the report; `since_ms` is when the day before was closed."""
    return [asdict(problem) for problem in (*problems, *_quarantines(connection, since_ms))]


def _figures(connection: Connection, day: date, span: Span, config: Config, watch: Watch) -> DayFigures:
    """Work out the figures of the day's own records in the close, with what is doubtful by now."""
    period = Period(day)
    bounds = period.bounds_in(config)
    judged = doubts(counts.taps(connection, bounds), watch)
    doubtful = (doubt for doubt in judged if span[0] < doubt.tap.seq <= span[1])
    tally = flagged(counts.tally(connection, bounds, _in(ANSWER, span)), doubtful)
    ended = queries.outcomes(bounds).where(_in(VISIT, span))
    outcomes = {Outcome(row.outcome): row.n for row in connection.execute(ended)}
    return day_figures(tally, outcomes, config, period)


def _dates(connection: Connection, day: date, span: Span, config: Config) -> _Dates:
    dates = _Dates()
    begin_ms, end_ms = day_bounds(day, config.zone, config.kiosk.day_ends_at)
    for table in (ANSWER, VISIT):
        undated = (table.c.clock_state == "unsynced") & ~exists().where(BOOT.c.boot_id == table.c.boot_id)
        rows = connection.execute(select(queries.corrected_ms(table), undated).where(_in(table, span)))
        for at_ms, is_unsynced in rows:
            dates.unsynced += is_unsynced
            if begin_ms <= at_ms < end_ms:
                dates.own.append(at_ms)
            else:
                of = business_day(at_ms, config.zone, config.kiosk.day_ends_at)
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


def _in(table: Table, span: Span) -> ColumnElement[bool]:
    return table.c.seq.between(span[0] + 1, span[1])
