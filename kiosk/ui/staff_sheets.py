"""What staff read of the figures, put into words and places for the charts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kiosk.config import Config
from kiosk.results.comparison import Comparison
from kiosk.results.distribution import distribution, ranked_reasons
from kiosk.results.hours import HeatMap, HourFigure
from kiosk.results.metrics import Figure
from kiosk.results.question import QuestionFigures
from kiosk.results.ranking import Ranked
from kiosk.results.rounding import rounded
from kiosk.results.sample import Sample
from kiosk.results.tally import Scale
from kiosk.results.trend import Trend, TrendPoint
from kiosk.results.wording import METRICS, VERDICTS
from kiosk.telling.edition import SURE, Edition
from kiosk.telling.facts import Facts
from kiosk.telling.findings import beside, details, headline
from kiosk.telling.scales import ends_of
from kiosk.ui.charts.sheets import (
    Bar,
    Cell,
    Hour,
    Mark,
    Point,
    Rank,
    RankingSheet,
    Remark,
    RemarksSheet,
    Step,
    TodaySheet,
    TrendSheet,
    WeekSheet,
)
from kiosk.words import N_

_GOAL, _BENCHMARK = N_("goal {mark}"), N_("benchmark {mark}")
_REASONS = 5
_BAND = N_("The band is the {level} interval; a dot at the edge stands for too few answers.")
_WITHOUT = N_("without these {value}")
_MONDAY = date(2024, 1, 1)
"""Any Monday, to name the weekdays by."""


Compared = Sequence[tuple[str, Comparison | None]]
"""When something else was, and what is to be said of the difference."""


def today_sheet(facts: Facts, compared: Compared, config: Config, edition: Edition) -> TodaySheet:
    """Say what a day is like, beside other days."""
    main = facts.main
    figure = main.figure if main.enough and main.figure and main.figure.n else None
    sure = (
        edition.say(N_("{level} interval: {ends}"), level=_level(edition), ends=edition.interval(figure))
        if figure
        else ""
    )
    reasons = next((other for other in facts.others if other.kind == "choice" and other.n), None)
    return TodaySheet(
        question=edition.title(main.scale),
        number=edition.value(figure) if figure else "",
        metric=edition.say(METRICS[figure.metric]) if figure else "",
        answers=edition.answers(main.n),
        bar=_bar(figure, marks_of(config, figure.metric, edition)) if figure else None,
        interval=sure,
        headline=headline(facts, edition),
        details=tuple(_details(facts, compared, config, edition)),
        steps=_steps(main, edition) if main.points else _reasons(main, edition),
        hours=_hours(facts.hours.hours),
        hours_title=edition.say(N_("Hour by hour")),
        reasons=_reasons(reasons, edition) if reasons else (),
        notes=tuple(_notes(facts, edition)),
    )


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
    return RankingSheet(shown, [edition.say(note, level=_level(edition))])


def trend_sheet(trend: Trend, scale: Scale, goal: float | None, edition: Edition) -> TrendSheet:
    """Say how a figure moved from day to day, on the part of its scale that it moved on."""
    figures = [figure for point in trend.points if (figure := _sure(point))]
    metric = figures[0].metric if figures else ""
    edges = [edge for figure in figures for edge in (figure.low, figure.high, goal) if edge is not None]
    low, high = _part_of_scale(edges, metric)
    return TrendSheet(
        title=edition.title(scale),
        metric=edition.say(METRICS[metric]) if metric else "",
        ends=(edition.number(int(low)), edition.number(int(high))),
        points=[_point(point, (low, high), edition) for point in trend.points],
        goal=Mark(_named(_GOAL, goal, edition), _share(goal, low, high)) if goal is not None and metric else None,
        notes=[edition.say(_BAND, level=_level(edition))],
    )


def _part_of_scale(edges: Sequence[float], metric: str) -> tuple[float, float]:
    """Give the whole tenths of a metric's scale that hold all edges; a short scale is shown whole."""
    least, most = ends_of(metric)
    step = (most - least) / 10
    if not edges or step < 1:
        return least, most
    return max(least, step * math.floor(min(edges) / step)), min(most, step * math.ceil(max(edges) / step))


def remarks_sheet(facts: Facts, edition: Edition) -> RemarksSheet:
    """Say what customers wrote last."""
    title = edition.say(N_("Latest comments")) if facts.comments else edition.say(N_("Nobody wrote anything."))
    remarks = [Remark(edition.plain(each.text), edition.time(each.at), each.mood) for each in facts.comments]
    return RemarksSheet(title, remarks)


def _details(facts: Facts, compared: Compared, config: Config, edition: Edition) -> Iterable[str]:
    if not (facts.main.n and facts.main.enough and facts.main.figure):
        yield from details(facts, config, edition)
        return
    for when, comparison in compared:
        if comparison:
            verdict = edition.say(VERDICTS[comparison.verdict])
            yield f"{when}: {edition.value(comparison.before)} · {verdict}"
    yield from beside(facts, config, edition)


def marks_of(config: Config, metric: str, edition: Edition) -> list[Mark]:
    """Name the goal and the benchmark, and give their places on a metric's scale."""
    named = ((_GOAL, config.results.goal), (_BENCHMARK, config.results.benchmark))
    return [Mark(_named(message, mark, edition), _place(mark, metric)) for message, mark in named if mark is not None]


def _named(message: str, mark: float, edition: Edition) -> str:
    return edition.say(message, mark=edition.number(rounded(mark, 0 if mark == int(mark) else 1)))


def _level(edition: Edition) -> str:
    return edition.percent(SURE)


def _notes(facts: Facts, edition: Edition) -> Iterable[str]:
    main = facts.main
    if main.flagged:
        doubtful = edition.say(N_("{n} of them doubtful"), n=edition.number(main.flagged))
        without = main.unflagged if main.enough else None
        yield (
            f"{doubtful}: {edition.say(N_('without these {value}'), value=edition.value(without))}"
            if without and without.n
            else doubtful
        )
    if facts.hours.unsynced:
        yield edition.say(N_("{n} without a time of day"), n=edition.number(facts.hours.unsynced))


def _steps(question: QuestionFigures, edition: Edition) -> list[Step]:
    """Give the steps of a scale, the best first."""
    steps = distribution(question).steps
    most = max((step.count for step in steps), default=0)
    shown = []
    for place, step in enumerate(steps):
        numbers = edition.number(step.count)
        if question.enough:
            numbers = f"{numbers} · {step.percent:>2} %"
        mood = place / max(len(steps) - 1, 1)
        shown.append(Step(edition.label(question, step.value), step.count / most if most else 0.0, numbers, mood))
    return shown[::-1]


def _reasons(question: QuestionFigures, edition: Edition) -> list[Step]:
    reasons = [reason for reason in ranked_reasons(question) if reason.count][:_REASONS]
    most = max((reason.count for reason in reasons), default=1)
    return [
        Step(edition.label(question, reason.choice), reason.count / most, edition.number(reason.count))
        for reason in reasons
    ]


def _hours(hours: Sequence[HourFigure]) -> list[Hour]:
    most = max((hour.n for hour in hours), default=1) or 1
    return [Hour(f"{hour.hour:02}", hour.n / most, _mood(hour)) for hour in hours]


def _cell(hour: HourFigure, edition: Edition) -> Cell:
    mood = _mood(hour)
    if mood is None:
        return Cell(edition.number(hour.n) if hour.n else "", None)
    return Cell(edition.value(hour.figure) if hour.figure else "", mood)


def _rank(ranked: Ranked, edition: Edition) -> Rank:
    question = ranked.question
    figure = question.figure if ranked.rank is not None else None
    place = "" if ranked.rank is None else _places(ranked)
    name = question.touchpoint or edition.title(question.scale)
    number = edition.value(figure) if figure else "–"
    return Rank(place, edition.plain(name), number, edition.answers(question.n), _bar(figure) if figure else None)


def _places(ranked: Ranked) -> str:
    return f"{ranked.best}" if ranked.best == ranked.worst else f"{ranked.best}–{ranked.worst}"


def _point(point: TrendPoint, ends: tuple[float, float], edition: Edition) -> Point:
    bar, figure = None, _sure(point)
    if figure:
        low, value, high = (_share(edge or 0.0, *ends) for edge in (figure.low, figure.value, figure.high))
        bar = Bar(low, value, high)
    return Point(edition.day_and_month(point.day), bar)


def _sure(point: TrendPoint) -> Figure | None:
    """Give the figure of a day that has answers enough for one."""
    return None if point.sample is Sample.COUNTS_ONLY else point.figure


def _bar(figure: Figure, marks: Sequence[Mark] = ()) -> Bar:
    low, value, high = (_place(edge or 0.0, figure.metric) for edge in (figure.low, figure.value, figure.high))
    return Bar(low, value, high, marks)


def _mood(hour: HourFigure) -> float | None:
    figure = hour.figure
    return None if hour.is_thin or figure is None or figure.value is None else _place(figure.value, figure.metric)


def _place(value: float, metric: str) -> float:
    """Give where a value stands on its metric's scale, 0 to 1."""
    return _share(value, *ends_of(metric))


def _share(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)
