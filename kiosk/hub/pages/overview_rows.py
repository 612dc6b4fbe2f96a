"""The rows of the overview: each place with its interval, what changed, and how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from markupsafe import Markup

from kiosk.hub.pages import drawing
from kiosk.hub.pages.board import SMALL_SAMPLE, Ranked, Table
from kiosk.hub.pages.days import Days
from kiosk.hub.pages.reasons import top_reasons
from kiosk.hub.store.overview import Values, by_day, together
from kiosk.results.comparison import Comparison, Verdict, compare
from kiosk.results.metrics import Figure
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, figure_in_order, question_figures, values_of
from kiosk.results.rounding import rounded
from kiosk.results.sample import Sample
from kiosk.results.tally import Counts, Scale
from kiosk.results.wording import VERDICTS
from kiosk.telling.phrasing import Phrasing
from kiosk.telling.scales import part_of_scale
from kiosk.words import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PARTS = 8
"""Points of a small line: they share the days shown and as many before them."""
_LINE_DAYS = 8
_REASONS = 10
"""Places whose reasons are looked up at the most."""
_ARROWS = {Verdict.BETTER: "▲", Verdict.WORSE: "▼", Verdict.NO_CLEAR_CHANGE: "→", Verdict.TOO_FEW: ""}

Daily = Mapping[date, Values]


class Row(NamedTuple):
    """One place as the page shows it."""

    id: UUID
    name: str
    value: str
    interval: str
    shrunk: str
    answers: str
    bar: Markup
    side: int
    """-1 clearly below the mean of all, 1 above it."""
    is_few: bool
    arrow: str
    verdict: str
    change: str
    """The difference to the time before, with its interval; empty where there is none."""
    line: Markup
    reason: str
    """What was criticised most, where the place is clearly below the mean and among the first shown."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all rows of a page share."""

    before: Period
    """What the days shown are compared with."""
    line: Period
    """The days of the small lines."""
    ends: tuple[float, float]
    """The part of the scale that is drawn."""
    mean: float
    """Of all places."""
    reasons: Mapping[UUID, str]
    phrasing: Phrasing


def rows_of(
    connection: Connection, places: Sequence[Ranked], table: Table, days: Days, phrasing: Phrasing
) -> list[Row]:
    """Give the rows of the places of one page."""
    before = days.period.before()
    first = min(before.first, days.last - timedelta(days=_LINE_DAYS - 1))
    daily: dict[UUID, Daily] = {}
    for scale, alike in groupby(sorted(places, key=lambda place: place.scale), key=lambda place: place.scale):
        daily |= by_day(connection, scale, [place.id for place in alike], first, days.last)
    mean = table.shrinkage.mean
    frame = _Frame(
        before=before,
        line=Period(first, days.last),
        ends=part_of_scale([place.figure for place in table.places], mean),
        mean=mean,
        reasons=top_reasons(connection, _below(places), days.period, phrasing.own),
        phrasing=phrasing,
    )
    return [_row(place, daily.get(place.id, {}), frame) for place in places]


def _below(places: Sequence[Ranked]) -> list[UUID]:
    return [place.id for place in places if place.side < 0][:_REASONS]


def _row(place: Ranked, daily: Daily, frame: _Frame) -> Row:
    phrasing, comparison = frame.phrasing, _change(place, daily, frame.before)
    verdict = comparison.verdict if comparison else Verdict.TOO_FEW
    return Row(
        *(place.id, place.name, phrasing.value(place.figure), phrasing.interval(place.figure)),
        shrunk=phrasing.number(rounded(place.shrunk, 1)),
        answers=phrasing.number(place.figure.n),
        bar=drawing.small_bar(place.figure, frame.ends, frame.mean, phrasing),
        side=place.side,
        is_few=place.sample is not Sample.ENOUGH,
        arrow=_ARROWS[verdict],
        verdict=phrasing.say(VERDICTS[verdict]),
        change=_told(comparison, phrasing) if comparison and verdict is not Verdict.TOO_FEW else "",
        line=drawing.sparkline(_parts(place.scale, daily, frame.line), frame.ends, phrasing.say(N_("How it went"))),
        reason=frame.reasons.get(place.id, ""),
    )


def _told(comparison: Comparison, phrasing: Phrasing) -> str:
    numbers = (comparison.difference or 0.0, comparison.low or 0.0, comparison.high or 0.0)
    return "{} ({})".format(*phrasing.change(comparison.now, *numbers))


def _change(place: Ranked, daily: Daily, before: Period) -> Comparison | None:
    end = before.last or before.first
    earlier = together(values for day, values in daily.items() if before.first <= day <= end)
    now = together(values for day, values in daily.items() if day > end)
    return compare(_figures(place.scale, earlier), _figures(place.scale, now))


def _figures(scale: Scale, values: Values) -> QuestionFigures:
    counted = Counter(dict(zip(map(str, values_of(scale)), values, strict=False)))  # there is none without an answer
    return question_figures(scale, Counts(n=sum(values), values=counted), (), SMALL_SAMPLE)


def _parts(scale: Scale, daily: Daily, period: Period) -> list[Figure | None]:
    days = list(period.days())
    parts: list[Figure | None] = []
    for part in range(_PARTS):
        of_part = days[part * len(days) // _PARTS : (part + 1) * len(days) // _PARTS]
        values = together(daily[day] for day in of_part if day in daily)
        parts.append(figure_in_order(scale, values) if sum(values) >= SMALL_SAMPLE else None)
    return parts
