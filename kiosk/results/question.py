"""The figures of one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.results.intervals import CONFIDENCE, mean
from kiosk.results.metrics import FIGURES, Figure
from kiosk.results.rounding import rounded
from kiosk.results.tally import Counts, Scale
from kiosk.survey import Question

_DECIMALS = {"ces": 2}
"""Decimals of a figure in JSON; one, where nothing is said here."""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What one question's answers say, and how sure it is."""

    id: str
    kind: str
    points: int | None
    touchpoint: str
    n: int
    flagged: int
    superseded: int
    counts: Mapping[str, int]
    """Every step of the scale in its order, or every choice; empty for text."""
    figure: Figure | None
    """None for choice and text, which are only counted."""
    mean: float | None
    """Mean of the bare values; None without a scale or without an answer."""
    enough: bool
    """False below the small sample, where only counts should be shown to people."""

    @property
    def scale(self) -> Scale:
        """Give what these answers have in common."""
        return Scale(self.id, self.kind, self.points)

    def as_json(self) -> dict[str, Any]:
        """Give the object of `kiosk results --json`. Figures have one decimal, `ces` has two."""
        names = ("id", "kind", "points", "touchpoint", "n", "flagged", "superseded")
        return {
            **{name: getattr(self, name) for name in names},
            "counts": dict(self.counts),
            **_figure_json(self.figure),
            "enough": self.enough,
        }


def question_figures(scale: Scale, counts: Counts, choices: Iterable[str], small_sample: int) -> QuestionFigures:
    """Work out the figures of one question; `choices` are those that the survey offers, given or not."""
    values = _values(scale)
    in_order = [str(value) for value in values] or [*choices]
    complete = {name: counts.values[name] for name in dict.fromkeys([*in_order, *counts.values])}
    numbers = [complete[str(value)] for value in values]
    formula = FIGURES.get(scale.kind)
    return QuestionFigures(
        *(scale.question, scale.kind, scale.points, counts.touchpoint),
        *(counts.n, counts.flagged, counts.superseded),
        counts=complete,
        figure=formula(numbers) if formula and values else None,
        mean=mean(values, numbers) if sum(numbers) else None,
        enough=counts.n >= small_sample,
    )


def scale_of(question: Question) -> Scale:
    """Give what a question's answers have in common as long as it stays as it is."""
    return Scale(question.id, question.kind, question.scale_points)


def _values(scale: Scale) -> range:
    start = 0 if scale.kind in ("nps", "success") else 1
    return range(start, start + (scale.points or 0))


def _figure_json(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return dict.fromkeys(("metric", "value", "low", "high", "confidence"))
    decimals = _DECIMALS.get(figure.metric, 1)
    numbers = {"value": figure.value, "low": figure.low, "high": figure.high}
    shown = {name: None if number is None else float(rounded(number, decimals)) for name, number in numbers.items()}
    return {"metric": figure.metric, **shown, "confidence": CONFIDENCE}
