"""How the answers to one question spread, and which reasons were given most."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.results.intervals import Interval, wilson
from kiosk.results.question import QuestionFigures
from kiosk.results.rounding import percentages


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale, and how often it was given."""

    value: str
    count: int
    percent: int
    """Whole; those of a distribution add up to 100, or are all 0."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How answers spread over a scale, from its lowest step to its highest."""

    n: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One choice, and the share of those who answered that gave it."""

    choice: str
    count: int
    share: float
    """0 to 100, of the answers and not of the choices: where several may be given, shares add up to more than 100."""
    low: float
    high: float


def distribution(question: QuestionFigures) -> Distribution:
    """Spread the answers of a question with a scale; no steps for choice and text."""
    counts = question.counts if question.points else {}
    shares = percentages(list(counts.values()))
    steps = (Step(value, counts[value], share) for value, share in zip(counts, shares, strict=True))
    return Distribution(question.n, tuple(steps))


def ranked_reasons(question: QuestionFigures) -> tuple[Reason, ...]:
    """Rank the choices of a choice question, the most given first, equal ones as the survey has them.

    Shares have the interval of Wilson (1927). Choices that nobody gave are there too.
    """
    if question.kind != "choice":
        return ()
    ranked = sorted(question.counts.items(), key=lambda choice: -choice[1])
    return tuple(_reason(choice, count, question.n) for choice, count in ranked)


def _reason(choice: str, count: int, n: int) -> Reason:
    low, high = wilson(count, n) if n else Interval(0.0, 1.0)
    return Reason(choice, count, 100 * count / n if n else 0.0, 100 * low, 100 * high)
