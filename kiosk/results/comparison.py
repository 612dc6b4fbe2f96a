"""What changed between two periods, and whether that is more than chance; a figure beside a goal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.results.differences import adjusted_net_share, change, recovered
from kiosk.results.intervals import Interval
from kiosk.results.metrics import Figure, detractors_and_promoters
from kiosk.results.question import QuestionFigures, rounded_json
from kiosk.results.sample import Sample, smaller


class Verdict(StrEnum):
    """What may be said of a change. In every metric more is better."""

    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"
    """Too few answers in one of the periods."""


class Standing(StrEnum):
    """Where a figure stands beside a goal or a benchmark."""

    ABOVE = "above"
    BELOW = "below"
    NOT_CLEAR = "not_clear"
    """The interval holds the mark."""
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figure of one question in two periods."""

    before: Figure
    now: Figure
    sample: Sample
    """Of the period with less."""
    difference: float | None = None
    """`now` less `before`, in points of the metric, not rounded; None as long as a period has no answer."""
    low: float | None = None
    high: float | None = None

    @property
    def verdict(self) -> Verdict:
        """Judge the difference: clear only if its interval does not hold 0 and neither period has few answers."""
        if self.sample is Sample.COUNTS_ONLY or self.low is None or self.high is None:
            return Verdict.TOO_FEW
        if self.sample is Sample.FEW or self.low <= 0 <= self.high:
            return Verdict.NO_CLEAR_CHANGE
        return Verdict.BETTER if self.low > 0 else Verdict.WORSE

    def as_json(self) -> dict[str, Any]:
        """Give `{"metric", "n_before", "n", "difference", "low", "high", "verdict"}`, rounded like the figure."""
        numbers = {"difference": self.difference, "low": self.low, "high": self.high}
        counts = {"n_before": self.before.n, "n": self.now.n}
        return {
            "metric": self.now.metric,
            **counts,
            **rounded_json(self.now.metric, numbers),
            "verdict": self.verdict.value,
        }


def compare(before: QuestionFigures, now: QuestionFigures) -> Comparison | None:
    """Compare two periods, or two places, that share no answer; None without a figure, and for two different scales."""
    if before.figure is None or now.figure is None or (before.kind, before.points) != (now.kind, now.points):
        return None
    sample = smaller(before.sample, now.sample)
    earlier, later = _known(before.figure), _known(now.figure)
    if earlier is None or later is None:
        return Comparison(before.figure, now.figure, sample)
    difference = later[0] - earlier[0]
    low, high = _net_promoters(before, now) if now.kind == "nps" else recovered(*earlier, *later)
    # The adjusted counts of small samples lean so far to the middle that the interval could miss what was observed.
    return Comparison(before.figure, now.figure, sample, difference, min(low, difference), max(high, difference))


def standing(question: QuestionFigures, mark: float) -> Standing:
    """Tell on which side of a goal or a benchmark a question's figure clearly is."""
    figure = question.figure
    if figure is None or figure.low is None or figure.high is None or not question.enough:
        return Standing.TOO_FEW
    if figure.low > mark:
        return Standing.ABOVE
    return Standing.BELOW if figure.high < mark else Standing.NOT_CLEAR


def _net_promoters(before: QuestionFigures, now: QuestionFigures) -> Interval:
    earlier, later = (
        adjusted_net_share(*detractors_and_promoters(period.in_order), period.n) for period in (before, now)
    )
    low, high = change(earlier, later).interval
    return Interval(max(-200.0, 100 * low), min(200.0, 100 * high))


def _known(figure: Figure) -> tuple[float, Interval] | None:
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return figure.value, Interval(figure.low, figure.high)
