"""How sure a difference between two periods is: 95 % confidence intervals."""

from __future__ import annotations

import math
from typing import NamedTuple

from kiosk.results.intervals import Interval, Z

_PSEUDO_ANSWERS = 3.0
_PSEUDO_EXTREMES = 1.5
"""Three answers that nobody gave: three quarters of one at either end, the rest in the middle."""


class Estimate(NamedTuple):
    """A value and its standard error."""

    value: float
    error: float

    @property
    def interval(self) -> Interval:
        """Give the interval that the normal distribution allows."""
        return Interval(self.value - Z * self.error, self.value + Z * self.error)


def adjusted_net_share(minus: int, plus: int, n: int) -> Estimate:
    """Estimate (plus - minus) / n for differences: with three more answers, so that agreement of all has an error.

    Adjusted Wald after Rocks (2016), Interval estimation for the net promoter score, The American Statistician 70(4).
    The value to show remains the unadjusted one.
    """
    total = n + _PSEUDO_ANSWERS
    value = (plus - minus) / total
    variance = (plus + minus + _PSEUDO_EXTREMES) / total - value**2
    return Estimate(value, math.sqrt(variance / total))


def change(before: Estimate, now: Estimate) -> Estimate:
    """Give how much an estimate grew between two periods that share no answer."""
    return Estimate(now.value - before.value, math.hypot(before.error, now.error))


def recovered(before: float, around_before: Interval, now: float, around_now: Interval) -> Interval:
    """Give the interval of `now - before` from the interval around each ("method of variance estimates recovery").

    Zou and Donner (2008), Construction of confidence limits about effect measures, Statistics in Medicine 27(10). For
    two shares with Wilson's intervals this is the hybrid score interval of Newcombe (1998), Statistics in Medicine
    17(8), method 10.
    """
    down = math.hypot(now - around_now.low, around_before.high - before)
    up = math.hypot(around_now.high - now, before - around_before.low)
    return Interval(now - before - down, now - before + up)
