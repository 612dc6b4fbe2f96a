"""Two places, or two times: is the difference more than chance?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages import drawing
from kiosk.hub.pages.days import Days
from kiosk.hub.pages.rendering import page
from kiosk.hub.pages.standpoint import ChosenStandpoint, chosen_place
from kiosk.hub.store.people import Person
from kiosk.hub.store.place_source import PlaceSource
from kiosk.hub.store.places import Place, PlaceName
from kiosk.results.comparison import Comparison, Verdict, compare
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.results.wording import METRICS, VERDICTS
from kiosk.store.figures import plain_figures_of
from kiosk.telling.edition import SURE, Edition
from kiosk.words import N_

router = APIRouter(include_in_schema=False)

_BEFORE, _YEAR, _PLACE = "before", "year", "place"
WAYS = {
    _BEFORE: N_("The time before"),
    _YEAR: N_("The same weekdays a year ago"),
    _PLACE: N_("Another place"),
}
_YEAR_WEEKS = 52
_OF_PLACES = {
    Verdict.BETTER: N_("{one} is better than {other}"),
    Verdict.WORSE: N_("{one} is worse than {other}"),
    Verdict.NO_CLEAR_CHANGE: N_("No clear difference"),
    Verdict.TOO_FEW: N_("Too few answers"),
}
_SIDES = {Verdict.BETTER: "good", Verdict.WORSE: "bad"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    words: str
    figures: Sequence[QuestionFigures]
    main: QuestionFigures | None
    """The question that starts every visit."""


class Compared(NamedTuple):
    """One question, on both sides."""

    title: str
    metric: str
    verdict: str
    kind: str
    """`good`, `bad`, or empty for what is not clear."""
    difference: str
    chart: Markup | None
    sides: Sequence[tuple[str, str, str, Markup | None]]
    """Whose figure, the figure with its interval, the answers, and the bar."""


@router.get("/compare")
def compared(
    request: Request,
    shown: ChosenStandpoint,
    visitor: Visitor,
    hub: TheHub,
    against: str = _BEFORE,
    other: str = "",
) -> Response:
    """Show two places, or two times of one place, side by side."""
    place, edition, days = shown.place, shown.edition, shown.days
    way = against if against in WAYS else _BEFORE
    second = _other(hub, visitor, shown.names, place, other) if way == _PLACE else place
    sides = _sides(hub, place, second, days, way, edition) if second else None
    return page(
        request,
        "compare.html",
        visitor,
        **shown.told,
        second=second if way == _PLACE else None,
        ways=[(each, words, each == way) for each, words in WAYS.items()],
        way=way,
        questions=list(_questions(*sides, way, edition)) if sides else [],
        level=edition.percent(SURE),
    )


def _other(hub: Hub, visitor: Person, names: Sequence[PlaceName], place: Place, other: str) -> Place | None:
    """Give the second place: the one that is named, else the first that is not the first side."""
    if other:
        return chosen_place(visitor, hub, other).place
    another = next((each for each in names if each.id != place.id), None)
    return chosen_place(visitor, hub, str(another.id)).place if another else None


def _sides(hub: Hub, place: Place, second: Place, days: Days, way: str, edition: Edition) -> tuple[Side, Side]:
    if way == _PLACE:
        return _side(hub, place, days.period, place.name), _side(hub, second, days.period, second.name)
    period = days.period.before() if way == _BEFORE else _year_before(days.period)
    return (
        _side(hub, place, days.period, edition.days(days.period)),
        _side(hub, place, period, edition.days(period)),
    )


def _side(hub: Hub, place: Place, period: Period, words: str) -> Side:
    if place.config is None:
        return Side(words, (), None)
    with hub.database.read() as connection:
        source = PlaceSource(connection, place.devices, place.config)
        figures = plain_figures_of(source, place.config, period).questions
    scale = scale_of(place.config.survey.first)
    return Side(words, figures, next((each for each in figures if each.scale == scale), None))


def _year_before(period: Period) -> Period:
    back = timedelta(weeks=_YEAR_WEEKS)
    return Period(period.first - back, period.last and period.last - back)


def _questions(one: Side, other: Side, way: str, edition: Edition) -> Iterator[Compared]:
    """Give the questions that both sides ask on the same scale, the main ones first."""
    for question, counterpart in _pairs(one, other):
        comparison = compare(counterpart, question)
        if comparison and (question.n or counterpart.n):
            yield _compared(question, counterpart, comparison, (one.words, other.words), way, edition)


def _pairs(one: Side, other: Side) -> Iterator[tuple[QuestionFigures, QuestionFigures]]:
    if one.main and other.main and one.main.scale != other.main.scale:
        yield one.main, other.main
    of_other = {question.scale: question for question in other.figures}
    for question in one.figures:
        if counterpart := of_other.get(question.scale):
            yield question, counterpart


def _compared(
    question: QuestionFigures,
    counterpart: QuestionFigures,
    comparison: Comparison,
    names: tuple[str, str],
    way: str,
    edition: Edition,
) -> Compared:
    verdict = comparison.verdict
    words = (
        edition.say(_OF_PLACES[verdict], one=names[0], other=names[1])
        if way == _PLACE
        else edition.say(VERDICTS[verdict])
    )
    told, chart = "", None
    if verdict is not Verdict.TOO_FEW:
        numbers = (comparison.difference or 0.0, comparison.low or 0.0, comparison.high or 0.0)
        told = "{} ({})".format(*edition.change(comparison.now, *numbers))
        chart = drawing.difference_chart(comparison, edition)
    ends = drawing.part_of_scale([each.figure for each in (question, counterpart) if each.figure and each.enough])
    sides = [_bar(name, each, ends, edition) for name, each in zip(names, (question, counterpart), strict=True)]
    metric = edition.say(METRICS[comparison.now.metric])
    return Compared(edition.title(question.scale), metric, words, _SIDES.get(verdict, ""), told, chart, sides)


def _bar(
    name: str, question: QuestionFigures, ends: tuple[float, float], edition: Edition
) -> tuple[str, str, str, Markup | None]:
    figure = question.figure if question.enough else None
    if figure is None:
        return name, "–", edition.answers(question.n), None
    value = f"{edition.value(figure)} ({edition.interval(figure)})"
    return name, value, edition.answers(question.n), drawing.wide_bar(figure, ends, edition)
