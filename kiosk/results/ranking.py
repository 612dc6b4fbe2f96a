"""Touchpoints side by side: which does best, and how sure the order is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.results.comparison import Verdict, compare
from kiosk.results.question import QuestionFigures
from kiosk.results.sample import Sample


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question's figure at one touchpoint, and its place among those that can be compared with it."""

    question: QuestionFigures
    """With its touchpoint, figure, interval and sample."""
    rank: int | None
    """1 is best; None where there are too few answers for a figure."""
    best: int | None
    """The best rank that may be the true one: so many are clearly better, and one."""
    worst: int | None

    def as_json(self) -> dict[str, Any]:
        """Give the question's object with `rank`, `best_rank` and `worst_rank`."""
        return {**self.question.as_json(), "rank": self.rank, "best_rank": self.best, "worst_rank": self.worst}


def ranked(questions: Iterable[QuestionFigures]) -> tuple[tuple[Ranked, ...], ...]:
    """Rank questions by their figure, the best first: one table for each metric and scale, for only like is ranked.

    Those with too few answers come last in their table, without a rank. Questions without a figure are left out.
    """
    tables: dict[tuple[str, int | None], list[QuestionFigures]] = {}
    for question in questions:
        if question.figure is not None:
            tables.setdefault((question.kind, question.points), []).append(question)
    return tuple(_table(table) for table in tables.values())


def _table(questions: Sequence[QuestionFigures]) -> tuple[Ranked, ...]:
    comparable = sorted((question for question in questions if question.enough), key=_value, reverse=True)
    thin = (question for question in questions if question.sample is Sample.COUNTS_ONLY)
    return (*(_ranked(question, comparable) for question in comparable), *(Ranked(one, *[None] * 3) for one in thin))


def _ranked(question: QuestionFigures, among: Sequence[QuestionFigures]) -> Ranked:
    others = (compare(question, other) for other in among if other is not question)
    verdicts = [other.verdict for other in others if other]
    rank = 1 + sum(_value(other) > _value(question) for other in among)
    return Ranked(question, rank, 1 + verdicts.count(Verdict.BETTER), len(among) - verdicts.count(Verdict.WORSE))


def _value(question: QuestionFigures) -> float:
    return question.figure.value if question.figure and question.figure.value is not None else float("-inf")
