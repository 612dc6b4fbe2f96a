"""What staff read of weeks, touchpoints and comments, put into words and places for the charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kiosk.results.hours import HeatMap, HourFigure
from kiosk.results.metrics import Figure
from kiosk.results.ranking import Ranked
from kiosk.results.sample import Sample
from kiosk.results.tally import Scale
from kiosk.results.trend import Trend, TrendPoint
from kiosk.results.wording import METRICS
from kiosk.telling.edition import SURE, Edition
from kiosk.telling.facts import Facts
from kiosk.telling.scales import part_of_scale
from kiosk.ui.charts.sheets import (
    Cell,
    Point,
    Rank,
    RankingSheet,
    Remark,
    RemarksSheet,
    TrendSheet,
    WeekSheet,
)
from kiosk.ui.figure_places import bar_between, bar_of, goal_between, mood_of
from kiosk.words import N_

_BAND = N_("The band is the {level} interval; a dot at the edge stands for too few answers.")
_MONDAY = date(2024, 1, 1)
"""Any Monday, to name the weekdays by."""


def week_sheet(heat_map: HeatMap, scale: Scale, period: str, edition: Edition) -> WeekSheet:
    """Say how the hours of the week differ."""
    weekdays = [edition.short_weekday(_MONDAY + timedelta(days=place)) for place in range(7)]
    notes = [edition.say(N_("Hatched: too few answers for a figure; the number says how many."))]
    if not heat_map.hours:
        notes = [edition.say(N_("No answer has a time of day."))]
    return WeekSheet(
        title=f"{edition.title(scale)} · {period}",
        hours=[f"{hour:02}" for hour in heat_map.hours],
        weekdays=weekdays,
        rows=[[_cell(cell, edition) for cell in row] for row in heat_map.weekdays],
        notes=notes,
    )


def ranking_sheet(tables: Iterable[Sequence[Ranked]], edition: Edition) -> RankingSheet:
    """Say which touchpoint does best, as far as that is sure."""
    shown = []
    for table in tables:
        metric = table[0].question.figure
        title = edition.say(METRICS[metric.metric]) if metric else ""
        shown.append((title, [_rank(ranked, edition) for ranked in table]))
    note = N_("The strong part of a scale is the {level} interval. Where two overlap, the order may be chance.")
    return RankingSheet(shown, [edition.say(note, level=edition.percent(SURE))])


def trend_sheet(trend: Trend, scale: Scale, goal: float | None, edition: Edition) -> TrendSheet:
    """Say how a figure moved from day to day, on the part of its scale that it moved on."""
    figures = [figure for point in trend.points if (figure := _sure(point))]
    metric = figures[0].metric if figures else ""
    low, high = part_of_scale(figures, goal)
    return TrendSheet(
        title=edition.title(scale),
        metric=edition.say(METRICS[metric]) if metric else "",
        ends=(edition.number(int(low)), edition.number(int(high))),
        points=[_point(point, (low, high), edition) for point in trend.points],
        goal=goal_between(goal, low, high, edition) if goal is not None and metric else None,
        notes=[edition.say(_BAND, level=edition.percent(SURE))],
    )


def remarks_sheet(facts: Facts, edition: Edition) -> RemarksSheet:
    """Say what customers wrote last."""
    title = edition.say(N_("Latest comments")) if facts.comments else edition.say(N_("Nobody wrote anything."))
    remarks = [Remark(edition.plain(each.text), edition.time(each.at), each.mood) for each in facts.comments]
    return RemarksSheet(title, remarks)


def _cell(hour: HourFigure, edition: Edition) -> Cell:
    mood = mood_of(hour)
    if mood is None:
        return Cell(edition.number(hour.n) if hour.n else "", None)
    return Cell(edition.value(hour.figure) if hour.figure else "", mood)


def _rank(ranked: Ranked, edition: Edition) -> Rank:
    question = ranked.question
    figure = question.figure if ranked.rank is not None else None
    place = "" if ranked.rank is None else _places(ranked)
    name = question.touchpoint or edition.title(question.scale)
    number = edition.value(figure) if figure else "–"
    return Rank(place, edition.plain(name), number, edition.answers(question.n), bar_of(figure) if figure else None)


def _places(ranked: Ranked) -> str:
    return f"{ranked.best}" if ranked.best == ranked.worst else f"{ranked.best}–{ranked.worst}"


def _point(point: TrendPoint, ends: tuple[float, float], edition: Edition) -> Point:
    figure = _sure(point)
    return Point(edition.day_and_month(point.day), bar_between(figure, *ends) if figure else None)


def _sure(point: TrendPoint) -> Figure | None:
    """Give the figure of a day that has answers enough for one."""
    return None if point.sample is Sample.COUNTS_ONLY else point.figure
