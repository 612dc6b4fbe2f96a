"""Two places, or two times: is the difference more than chance?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import TheHub
from kiosk.hub.pages import drawing
from kiosk.hub.pages.rendering import page
from kiosk.hub.pages.standpoint import ChosenStandpoint
from kiosk.hub.pages.two_sides import DAYS, PLACE, WAYS, AskedAgainst, Side, both_sides
from kiosk.hub.pages.versus import Beside, beside
from kiosk.results.comparison import Comparison, Verdict, compare
from kiosk.results.question import QuestionFigures
from kiosk.results.wording import METRICS, VERDICTS
from kiosk.telling.edition import SURE, Edition
from kiosk.words import N_

router = APIRouter(include_in_schema=False)

_OF_DAYS = {
    Verdict.BETTER: N_("Better than on the other days"),
    Verdict.WORSE: N_("Worse than on the other days"),
    Verdict.NO_CLEAR_CHANGE: N_("No clear difference"),
    Verdict.TOO_FEW: N_("Too few answers"),
}
_OF_PLACES = {
    Verdict.BETTER: N_("{one} is better than {other}"),
    Verdict.WORSE: N_("{one} is worse than {other}"),
    Verdict.NO_CLEAR_CHANGE: N_("No clear difference"),
    Verdict.TOO_FEW: N_("Too few answers"),
}
_VERDICTS: Mapping[str, Mapping[Verdict, str]] = {DAYS: _OF_DAYS, PLACE: _OF_PLACES}
_KINDS = {Verdict.BETTER: "good", Verdict.WORSE: "bad"}


class Compared(NamedTuple):
    """One question, on both sides."""

    title: str
    metric: str
    verdict: str
    kind: str
    """`good`, `bad`, or empty for what is not clear."""
    difference: str
    chart: Markup | None
    sides: Sequence[Beside]


@router.get("/compare")
def compared(
    request: Request, shown: ChosenStandpoint, against: AskedAgainst, visitor: Visitor, hub: TheHub
) -> Response:
    """Show two places, or two times of one place, side by side."""
    opposite = against.of(shown)
    sides = both_sides(hub, shown, opposite)
    return page(
        request,
        "compare.html",
        visitor,
        **shown.told,
        opposite=opposite,
        ways=[(each, words, each == opposite.way) for each, words in WAYS.items()],
        overlaps=opposite.shares_answers(shown.place, shown.days.period),
        questions=list(_questions(*sides, opposite.way, shown.edition)) if sides else [],
        level=shown.edition.percent(SURE),
    )


def _questions(one: Side, other: Side, way: str, edition: Edition) -> Iterator[Compared]:
    """Give the questions that both sides ask on the same scale, the main ones first."""
    for question, counterpart in _pairs(one, other):
        comparison = compare(counterpart, question)
        if comparison and (question.n or counterpart.n):
            words = _VERDICTS.get(way, VERDICTS)[comparison.verdict]
            verdict = edition.say(words).format(one=one.words, other=other.words)
            yield _compared(comparison, verdict, ((one.words, question), (other.words, counterpart)), edition)


def _pairs(one: Side, other: Side) -> Iterator[tuple[QuestionFigures, QuestionFigures]]:
    if one.main and other.main and one.main.scale != other.main.scale:
        yield one.main, other.main
    of_other = {question.scale: question for question in other.figures}
    for question in one.figures:
        if counterpart := of_other.get(question.scale):
            yield question, counterpart


def _compared(
    comparison: Comparison, verdict: str, both: Sequence[tuple[str, QuestionFigures]], edition: Edition
) -> Compared:
    told, chart = "", None
    if comparison.verdict is not Verdict.TOO_FEW:
        numbers = (comparison.difference or 0.0, comparison.low or 0.0, comparison.high or 0.0)
        told = "{} ({})".format(*edition.change(comparison.now, *numbers))
        chart = drawing.difference_chart(comparison, edition)
    figures = ((name, each.figure if each.enough else None, each.n) for name, each in both)
    title, metric = edition.title(both[0][1].scale), edition.say(METRICS[comparison.now.metric])
    return Compared(title, metric, verdict, _KINDS.get(comparison.verdict, ""), told, chart, beside(figures, edition))
