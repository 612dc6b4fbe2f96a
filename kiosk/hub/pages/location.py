"""One place: the figures that its staff see at the kiosk, drawn the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from kiosk.charts.marks import Box
from kiosk.config import Config
from kiosk.export.report.foot import doubt_lines, notes
from kiosk.export.report.panels import spread
from kiosk.export.report.sheet import Sheet
from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import TheHub
from kiosk.hub.pages import drawing
from kiosk.hub.pages.days import Days
from kiosk.hub.pages.rendering import page
from kiosk.hub.pages.standpoint import SeenStandpoint
from kiosk.hub.pages.versus import Beside, beside
from kiosk.hub.store.place_source import PlaceSource
from kiosk.hub.store.searching import searched_figures
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.results.ranking import Ranked, ranked
from kiosk.results.sample import Sample, sample_of
from kiosk.results.trend import trend
from kiosk.results.wording import METRICS, OUTCOMES
from kiosk.telling.edition import SURE, Edition
from kiosk.telling.facts import put_together
from kiosk.telling.findings import details, headline
from kiosk.telling.scales import part_of_scale
from kiosk.words import N_

router = APIRouter(include_in_schema=False)

_TREND_DAYS = 28
_ROLLING_DAYS = 7
"""Days that each point of the trend gathers: weekdays differ, and few answers jump."""
_ROW_HEIGHT = 25.0
_TALL = {"nps": 170.0, "ces": 130.0}
"""Points that columns side by side are high."""
_MOST_REASONS = 8


class Card(NamedTuple):
    """One more question."""

    title: str
    answers: str
    value: str
    """The figure in words; empty without one."""
    chart: Markup


class TouchPoint(NamedTuple):
    """One row of the ranking."""

    place: str
    name: str
    value: str
    answers: str
    bar: Markup


@router.get("/locations/{location_id}")
def location(request: Request, shown: SeenStandpoint, visitor: Visitor, hub: TheHub) -> HTMLResponse:
    """Show a place and its days."""
    config, edition, days = shown.config, shown.edition, shown.days
    with hub.database.read() as connection:
        source = PlaceSource(connection, shown.place.devices, config)
        figures, searched = searched_figures(source, config, days.period)
        facts = put_together(figures, source, config, hub.now_ms())
        trend_chart = _trend(source, days, config, edition)
    sheet = Sheet(facts, config, edition, drawing.INKS)
    return page(
        request,
        "location.html",
        visitor,
        **shown.told,
        **_main(sheet),
        trend=trend_chart,
        cards=[_card(question, sheet) for question in facts.others],
        rankings=[table for table in _rankings(figures.questions, edition) if len(table[1]) > 1],
        visits=[
            (edition.say(words), edition.number(facts.visits[outcome.value])) for outcome, words in OUTCOMES.items()
        ],
        visits_in_all=edition.number(facts.visits["total"]),
        doubtful=edition.number(facts.main.flagged),
        doubts=list(doubt_lines(sheet)),
        with_and_without=_with_and_without(facts.main, sheet),
        searched=edition.days(searched) if searched != days.period else "",
        notes=list(notes(sheet)),
    )


def _main(sheet: Sheet) -> dict[str, Any]:
    """Give what is told of the question that starts every visit."""
    facts, config, edition = sheet.facts, sheet.config, sheet.edition
    main = facts.main
    figure = main.figure if main.enough and main.n else None
    by_hour = None
    if main.points is not None and facts.hours.hours:
        by_hour = drawing.hours_chart(facts.hours.hours, main.figure.metric if main.figure else "", edition)
    ends = edition.interval(figure) if figure else ""
    return {
        "question": edition.title(main.scale),
        "metric": edition.say(METRICS[figure.metric] if figure else N_("Number of answers")),
        "value": edition.value(figure) if figure else edition.number(main.n),
        "answers": edition.answers(main.n),
        "interval": edition.say(N_("{level} interval {ends}"), level=edition.percent(SURE), ends=ends)
        if figure
        else "",
        "headline": headline(facts, edition),
        "details": list(details(facts, config, edition)),
        "scale": drawing.scale_chart(
            figure, config.results, facts.comparison, edition.short_days(facts.earlier), edition
        )
        if figure
        else None,
        "spread": _spread(main, sheet) if main.n and main.kind != "text" else None,
        "by_hour": by_hour,
    }


def _with_and_without(main: QuestionFigures, sheet: Sheet) -> Sequence[Beside]:
    """Show the figure as it is and without the doubtful answers; nothing where none is, or the rest is too few."""
    rest, edition = main.n - main.flagged, sheet.edition
    if not main.flagged or sample_of(rest, sheet.config.results.small_sample) is Sample.COUNTS_ONLY:
        return ()
    told = (
        (edition.say(N_("With them")), main.figure, main.n),
        (edition.say(N_("Without them")), main.unflagged, rest),
    )
    return beside(told, edition) if main.figure else ()


def _trend(source: PlaceSource, days: Days, config: Config, edition: Edition) -> Markup | None:
    """Draw the figure day by day; of a few days, those before them as well."""
    scale, last = scale_of(config.survey.first), days.last
    first = min(days.period.first, last - timedelta(days=_TREND_DAYS - 1))
    slots = source.day_slots(scale, Period(first - timedelta(days=_ROLLING_DAYS - 1), last))
    if not slots or scale.points is None:
        return None
    rolling = trend(slots, scale, Period(first, last), config, _ROLLING_DAYS)
    return drawing.trend_chart(rolling, config.results.goal, edition)


def _spread(question: QuestionFigures, sheet: Sheet) -> Markup:
    rows = min(len(question.counts), _MOST_REASONS) if question.points is None else question.points
    height = _TALL.get(question.kind, _ROW_HEIGHT * max(rows, 1))
    marks = spread(question, Box(1, 1, drawing.WIDTH - 2, height - 2), sheet)
    return drawing.drawn(marks, height, sheet.edition.say(N_("How the answers spread")))


def _card(question: QuestionFigures, sheet: Sheet) -> Card:
    edition = sheet.edition
    figure = question.figure if question.enough else None
    value = f"{edition.value(figure)} ({edition.interval(figure)})" if figure else ""
    return Card(edition.title(question.scale), edition.answers(question.n), value, _spread(question, sheet))


def _rankings(questions: Sequence[QuestionFigures], edition: Edition) -> Iterator[tuple[str, list[TouchPoint]]]:
    for table in ranked(question for question in questions if question.n):
        figure = table[0].question.figure
        if figure:
            yield edition.say(METRICS[figure.metric]), [_touchpoint(each, edition) for each in table]


def _touchpoint(each: Ranked, edition: Edition) -> TouchPoint:
    question, figure = each.question, each.question.figure if each.rank is not None else None
    place = "–" if each.rank is None else f"{each.best}" if each.best == each.worst else f"{each.best}–{each.worst}"
    bar = drawing.small_bar(figure, part_of_scale([]), None, edition) if figure else Markup()
    name = edition.plain(question.touchpoint) or edition.title(question.scale)
    return TouchPoint(place, name, edition.value(figure) if figure else "–", edition.answers(question.n), bar)
