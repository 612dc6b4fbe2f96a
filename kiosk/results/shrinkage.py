"""Many places side by side, without luck winning: figures drawn towards the mean of all, the more the fewer answers.

Credibility after Bühlmann and Straub (1970), Glaubwürdigkeit für Schadensätze, Mitteilungen der Vereinigung
Schweizerischer Versicherungsmathematiker 70: a place with `n` answers keeps n / (n + k) of its own figure and takes the
rest from the mean of all, where k is the variance within places divided by that between them. That is as if k more
answers, average ones, had been given at every place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from kiosk.results.tally import Scale


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """How the figures of some places are drawn together."""

    mean: float
    """What they are drawn to, in points of the metric."""
    weight: float | None
    """k, in answers; None where places differ no more than chance has them differ: then all are drawn to the mean."""

    def share(self, n: int) -> float:
        """Give how much of its own figure a place with `n` answers keeps, 0 to 1."""
        return 0.0 if self.weight is None else n / (n + self.weight)

    def shrunk(self, value: float, n: int) -> float:
        """Draw a figure towards the mean."""
        return self.mean + self.share(n) * (value - self.mean)


def shrinkage(scale: Scale, places: Sequence[Sequence[int]]) -> Shrinkage | None:
    """Learn from places' counts of a scale's steps how far their figures can be trusted; None without an answer.

    The estimators are the authors' unbiased ones; a variance between places that comes out negative counts as none.
    """
    worth = scores(scale)
    samples = [sample for counts in places if (sample := _sample(worth, counts)).n]
    total = sum(sample.n for sample in samples)
    if not total:
        return None
    mean = sum(sample.n * sample.mean for sample in samples) / total
    within = sum(sample.squares for sample in samples) / max(1, total - len(samples))
    spread = sum(sample.n * (sample.mean - mean) ** 2 for sample in samples)
    room = total - sum(sample.n**2 for sample in samples) / total
    between = (spread - (len(samples) - 1) * within) / room if room > 0 else 0.0
    if between <= 0:
        return Shrinkage(mean, None)
    weights = [sample.n / (sample.n + within / between) for sample in samples]
    credible = sum(weight * sample.mean for weight, sample in zip(weights, samples, strict=True)) / sum(weights)
    return Shrinkage(credible, within / between)


def scores(scale: Scale) -> tuple[float, ...]:
    """Give what each step of a scale adds to its figure, which is the mean of that; nothing without a figure."""
    points = scale.points or 0
    if scale.kind == "smiley":
        return tuple(100 * step / (points - 1) for step in range(points))
    return _SCORES.get(scale.kind, ())


_SCORES: Mapping[str, tuple[float, ...]] = {
    "nps": (*[-100.0] * 7, 0.0, 0.0, 100.0, 100.0),
    "ces": (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
    "csat": (0.0, 0.0, 0.0, 100.0, 100.0),
    "success": (0.0, 0.0, 100.0),
}


class _Sample(NamedTuple):
    n: int
    mean: float
    squares: float
    """Of the distances to the mean, summed."""


def _sample(worth: Sequence[float], counts: Sequence[int]) -> _Sample:
    n = sum(counts)
    mean = sum(map(mul, worth, counts)) / n if n else 0.0
    return _Sample(n, mean, sum([count * (score - mean) ** 2 for score, count in zip(worth, counts, strict=True)]))
