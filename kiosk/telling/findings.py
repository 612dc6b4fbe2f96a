"""The findings of a period in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.config import Config
from kiosk.results.comparison import Comparison, Standing, Verdict, standing
from kiosk.results.distribution import ranked_reasons
from kiosk.results.sample import Sample
from kiosk.telling.edition import SURE, Edition
from kiosk.telling.facts import Facts
from kiosk.words import N_

_THAN_WEEKDAY = {
    Verdict.BETTER: N_("Better than the {weekday} before"),
    Verdict.WORSE: N_("Worse than the {weekday} before"),
    Verdict.NO_CLEAR_CHANGE: N_("No clear change from the {weekday} before"),
}
_THAN_DAYS = {
    Verdict.BETTER: N_("Better than the {days} days before"),
    Verdict.WORSE: N_("Worse than the {days} days before"),
    Verdict.NO_CLEAR_CHANGE: N_("No clear change from the {days} days before"),
}
_STANDING = {
    Standing.ABOVE: (N_("Clearly above the goal of {mark}."), N_("Clearly above the benchmark of {mark}.")),
    Standing.BELOW: (N_("Clearly below the goal of {mark}."), N_("Clearly below the benchmark of {mark}.")),
    Standing.NOT_CLEAR: (
        N_("Neither clearly above nor below the goal of {mark}."),
        N_("Neither clearly above nor below the benchmark of {mark}."),
    ),
}


def headline(facts: Facts, edition: Edition) -> str:
    """Give the one sentence that the page is read for."""
    main = facts.main
    if not main.n:
        return edition.say(N_("No answers") if facts.is_over else N_("No answers so far"))
    if main.kind == "text":
        return edition.answers(main.n)
    if main.sample is Sample.COUNTS_ONLY:
        return edition.say(N_("Too few answers for a figure"))
    if main.sample is Sample.FEW:
        return edition.say(N_("Few answers: take it as a hint"))
    if facts.comparison is None:
        choice = edition.label(main, ranked_reasons(main)[0].choice)
        return edition.say(N_("Most often: {choice}"), choice=choice)
    return _compared(facts, facts.comparison, edition)


def details(facts: Facts, config: Config, edition: Edition) -> Iterator[str]:
    """Give the sentences below the headline."""
    main, comparison = facts.main, facts.comparison
    if not main.n:
        yield _why_none(facts, config, edition)
    elif main.kind != "text" and main.sample is Sample.COUNTS_ONLY:
        least = edition.number(config.results.small_sample)
        yield edition.say(N_("With fewer than {least} answers the page shows counts alone."), least=least)
    elif main.figure:
        yield from _before(facts, comparison, edition)
        yield from beside(facts, config, edition)


def _why_none(facts: Facts, config: Config, edition: Edition) -> str:
    hours = config.kiosk.opening_hours
    if facts.period.last is None and hours.root and hours.on(facts.period.first.weekday()) is None:
        return edition.say(N_("By its opening hours the place was closed."))
    return edition.say(N_("If the place was open, make sure that the kiosk was on."))


def _compared(facts: Facts, comparison: Comparison, edition: Edition) -> str:
    if comparison.verdict is Verdict.TOO_FEW:
        return edition.say(N_("Too little before it to compare with"))
    if facts.period.last is None:
        weekday = edition.weekday(facts.earlier.first)
        return edition.say(_THAN_WEEKDAY[comparison.verdict], weekday=weekday)
    days = edition.number(len(list(facts.period.days())))
    return edition.say(_THAN_DAYS[comparison.verdict], days=days)


def _before(facts: Facts, comparison: Comparison | None, edition: Edition) -> Iterator[str]:
    """Say what the time before was like, and how sure the difference is."""
    if comparison is None:
        return
    before, when = comparison.before, edition.days(facts.earlier)
    if comparison.verdict is Verdict.TOO_FEW:
        yield edition.say(N_("{when}: {answers}."), when=when, answers=edition.answers(before.n))
        return
    yield edition.say(
        N_("{when}: {value} ({interval}), {answers}."),
        when=when,
        value=edition.value(before),
        interval=edition.interval(before),
        answers=edition.answers(before.n),
    )
    change, ends = edition.change(
        comparison.now, comparison.difference or 0.0, comparison.low or 0.0, comparison.high or 0.0
    )
    yield edition.say(
        N_("The difference is {change} ({level} interval {ends})."),
        level=edition.percent(SURE),
        change=change,
        ends=ends,
    )


def beside(facts: Facts, config: Config, edition: Edition) -> Iterator[str]:
    """Say where the figure stands beside the goal and the benchmark."""
    for place, mark in enumerate((config.results.goal, config.results.benchmark)):
        if mark is not None and (sentences := _STANDING.get(standing(facts.main, mark))):
            yield edition.say(sentences[place], mark=edition.short_number(mark))
