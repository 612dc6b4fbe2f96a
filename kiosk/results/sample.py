"""How much a number of answers can carry: what may be shown, and how many answers a figure needs."""

from __future__ import annotations

import math
from enum import StrEnum

from kiosk.results.intervals import Z

FEW = 30
"""Below this many answers a figure is shown with a warning, and no difference counts as clear."""


class Sample(StrEnum):
    """What a number of answers is good for, from little to much."""

    COUNTS_ONLY = "counts_only"
    """Too few for a figure: people are shown counts alone."""
    FEW = "few"
    """A figure with its interval, and the words that there are few answers."""
    ENOUGH = "enough"


def sample_of(n: int, small_sample: int) -> Sample:
    """Tell what `n` answers are good for; `small_sample` is the number below which only counts are shown."""
    if n < small_sample:
        return Sample.COUNTS_ONLY
    return Sample.FEW if n < FEW else Sample.ENOUGH


def smaller(one: Sample, other: Sample) -> Sample:
    """Give the sample that carries less."""
    return min(one, other, key=list(Sample).index)


def answers_needed(variance: float, half_width: float) -> int:
    """Give how many answers make the interval of a mean or share reach `half_width` to either side, about.

    `variance` is that of one answer, in the square of `half_width`'s unit.
    """
    return math.ceil(Z**2 * variance / half_width**2)
