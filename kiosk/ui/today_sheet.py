"""What staff read of a day, put into words and places for the chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.config import Config
from kiosk.results.comparison import Comparison
from kiosk.results.distribution import distribution, ranked_reasons
from kiosk.results.hours import HourFigure
from kiosk.results.question import QuestionFigures
from kiosk.results.wording import METRICS, VERDICTS
from kiosk.telling.edition import SURE, Edition
from kiosk.telling.facts import Facts
from kiosk.telling.findings import beside, details, headline
from kiosk.ui.charts.sheets import Hour, Step, TodaySheet
from kiosk.ui.figure_places import bar_of, mood_of, places_of_marks
from kiosk.words import N_

_REASONS = 5

Compared = Sequence[tuple[str, Comparison | None]]
"""When something else was, and what is to be said of the difference."""


def today_sheet(facts: Facts, compared: Compared, config: Config, edition: Edition) -> TodaySheet:
    """Say what a day is like, beside other days."""
    main = facts.main
    figure = main.figure if main.enough and main.figure and main.figure.n else None
    sure = (
        edition.say(N_("{level} interval: {ends}"), level=edition.percent(SURE), ends=edition.interval(figure))
        if figure
        else ""
    )
    reasons = next((other for other in facts.others if other.kind == "choice" and other.n), None)
    return TodaySheet(
        question=edition.title(main.scale),
        number=edition.value(figure) if figure else "",
        metric=edition.say(METRICS[figure.metric]) if figure else "",
        answers=edition.answers(main.n),
        bar=bar_of(figure, places_of_marks(config, figure.metric, edition)) if figure else None,
        interval=sure,
        headline=headline(facts, edition),
        details=tuple(_details(facts, compared, config, edition)),
        steps=_steps(main, edition) if main.points else _reasons(main, edition),
        hours=_hours(facts.hours.hours),
        hours_title=edition.say(N_("Hour by hour")),
        reasons=_reasons(reasons, edition) if reasons else (),
        notes=tuple(_notes(facts, edition)),
    )


def _details(facts: Facts, compared: Compared, config: Config, edition: Edition) -> Iterable[str]:
    if not (facts.main.n and facts.main.enough and facts.main.figure):
        yield from details(facts, config, edition)
        return
    for when, comparison in compared:
        if comparison:
            verdict = edition.say(VERDICTS[comparison.verdict])
            yield f"{when}: {edition.value(comparison.before)} · {verdict}"
    yield from beside(facts, config, edition)


def _notes(facts: Facts, edition: Edition) -> Iterable[str]:
    main = facts.main
    if main.flagged:
        doubtful = edition.say(N_("{n} of them doubtful"), n=edition.number(main.flagged))
        without = main.unflagged if main.enough else None
        if without and without.n:
            value = edition.say(N_("without these {value}"), value=edition.value(without))
            doubtful = f"{doubtful}: {value}"
        yield doubtful
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
    return [Hour(f"{hour.hour:02}", hour.n / most, mood_of(hour)) for hour in hours]
