"""The figures of one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.results.intervals import CONFIDENCE, mean
from kiosk.results.metrics import FIGURES, Figure
from kiosk.results.rounding import rounded
from kiosk.results.sample import Sample, sample_of
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
    sample: Sample
    """What this many answers are good for."""
    marks: Mapping[str, int]
    """How many of the flagged answers have each mark; an answer may have several."""
    unflagged: Figure | None
    """The figure without the flagged answers."""

    @property
    def scale(self) -> Scale:
        """Give what these answers have in common."""
        return Scale(self.id, self.kind, self.points)

    @property
    def enough(self) -> bool:
        """Tell whether a figure may be shown to people; below the small sample only counts should be."""
        return self.sample is not Sample.COUNTS_ONLY

    @property
    def in_order(self) -> list[int]:
        """Give the counts of the scale's steps from the lowest; empty where there is no scale."""
        return [self.counts[str(value)] for value in values_of(self.scale)]

    def as_json(self) -> dict[str, Any]:
        """Give the object of `kiosk results --json`. Figures have one decimal, `ces` has two."""
        names = ("id", "kind", "points", "touchpoint", "n", "flagged", "superseded")
        return {
            **{name: getattr(self, name) for name in names},
            "counts": dict(self.counts),
            **figure_json(self.figure),
            "enough": self.enough,
            "sample": self.sample.value,
            "marks": dict(self.marks),
            "without_flagged": self._without_flagged(),
        }

    def _without_flagged(self) -> dict[str, Any]:
        shown = figure_json(self.unflagged)
        return {"n": self.n - self.flagged, **{name: shown[name] for name in ("value", "low", "high")}}


def question_figures(scale: Scale, counts: Counts, choices: Iterable[str], small_sample: int) -> QuestionFigures:
    """Work out the figures of one question; `choices` are those that the survey offers, given or not."""
    values = values_of(scale)
    in_order = [str(value) for value in values] or [*choices]
    complete = {name: counts.values[name] for name in dict.fromkeys([*in_order, *counts.values])}
    numbers = [complete[str(value)] for value in values]
    return QuestionFigures(
        *(scale.question, scale.kind, scale.points, counts.touchpoint),
        *(counts.n, counts.flagged, counts.superseded),
        counts=complete,
        figure=figure_of(scale, complete),
        mean=mean(values, numbers) if sum(numbers) else None,
        sample=sample_of(counts.n, small_sample),
        marks=dict(sorted(counts.marks.items())),
        unflagged=figure_of(scale, counts.values - counts.doubtful),
    )


def figure_of(scale: Scale, counts: Mapping[str, int]) -> Figure | None:
    """Work out the figure of a scale from how often each value was given; None for choice and text."""
    return figure_in_order(scale, [counts.get(str(value), 0) for value in values_of(scale)])


def figure_in_order(scale: Scale, counts: Sequence[int]) -> Figure | None:
    """Work out the figure from the counts of a scale's steps, from the lowest; None for choice, text and no counts."""
    formula = FIGURES.get(scale.kind)
    return formula(counts) if formula and counts else None


def scale_of(question: Question) -> Scale:
    """Give what a question's answers have in common as long as it stays as it is."""
    return Scale(question.id, question.kind, question.scale_points)


def values_of(scale: Scale) -> range:
    """Give the values of a scale from the lowest; none for choice and text."""
    start = 0 if scale.kind in ("nps", "success") else 1
    return range(start, start + (scale.points or 0))


def figure_json(figure: Figure | None) -> dict[str, Any]:
    """Give what JSON says of a figure, with one decimal; `ces` has two. All null where a question has no figure."""
    if figure is None:
        return dict.fromkeys(("metric", "value", "low", "high", "confidence"))
    numbers = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {"metric": figure.metric, **rounded_json(figure.metric, numbers), "confidence": CONFIDENCE}


def rounded_json(metric: str, numbers: Mapping[str, float | None]) -> dict[str, float | None]:
    """Round a metric's numbers for JSON, as the last thing that is done to them."""
    decimals = _DECIMALS.get(metric, 1)
    return {name: None if number is None else float(rounded(number, decimals)) for name, number in numbers.items()}
