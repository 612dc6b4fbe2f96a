"""How sure a figure is: 95 % confidence intervals from whole counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import mul
from typing import NamedTuple

CONFIDENCE = 0.95
Z = 1.959963984540054
"""Normal quantile of 0.975."""
_BISECTIONS = 60
"""Halvings after which a double cannot come any closer."""


class Interval(NamedTuple):
    """The range that the true value lies in, with CONFIDENCE."""

    low: float
    high: float


def wilson(hits: int, n: int) -> Interval:
    """Give the interval of a share, 0 to 1. Needs n >= 1.

    Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
    """
    share = hits / n
    shrink = 1 + Z**2 / n
    centre = (share + Z**2 / (2 * n)) / shrink
    half = Z / shrink * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return Interval(min(share, max(0.0, centre - half)), max(share, min(1.0, centre + half)))


def net_share(minus: int, plus: int, n: int) -> Interval:
    """Give the interval of (plus - minus) / n, -1 to 1. Needs n >= 1.

    The score interval of Rocks (2016), Interval estimation for the net promoter score, The American Statistician
    70(4), arXiv 1601.07235, after Tango (1998), Statistics in Medicine 17. Unlike the usual one it has a width
    when everybody agrees, and keeps its confidence from ten answers on.
    """
    share = (plus - minus) / n

    def plausible(net: float) -> bool:
        return (plus - minus - n * net) ** 2 <= Z**2 * n * _net_variance(net, minus, plus, n)

    low = -1.0 if minus == n else _edge(share, -1.0, plausible)
    high = 1.0 if plus == n else _edge(share, 1.0, plausible)
    return Interval(low, high)


def _net_variance(net: float, minus: int, plus: int, n: int) -> float:
    """Give the variance of one answer if the true net share were `net` (Tango's restricted estimate)."""
    a = 2 * n
    b = -minus - plus + (2 * n - plus + minus) * net
    c = -minus * net * (1 - net)
    minus_share = (math.sqrt(max(0.0, b * b - 4 * a * c)) - b) / (2 * a)
    return 2 * minus_share + net * (1 - net)


def _edge(inside: float, outside: float, holds: Callable[[float], bool]) -> float:
    for _ in range(_BISECTIONS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if holds(middle) else (inside, middle)
    return (inside + outside) / 2


def mean(weights: Sequence[float], counts: Sequence[int]) -> float:
    """Give the mean of answers worth `weights`, of which there are `counts`. Needs one answer or more."""
    return math.fsum(map(mul, weights, counts)) / sum(counts)


def mean_interval(centre: float, weights: Sequence[float], counts: Sequence[int]) -> Interval:
    """Give the interval of a mean, which is `centre`, within the scale. `weights` ascend; needs one answer or more.

    Student's t with the sample's standard deviation ("Student" 1908, The probable error of a mean, Biometrika 6).
    Where all answers are equal there is no deviation to go by, and t would claim certainty: there the other
    answers that Wilson's interval still allows are taken to lie at the scale's ends.
    """
    n = sum(counts)
    lowest, highest = weights[0], weights[-1]
    if max(counts) == n:
        alike = wilson(n, n).low
        return Interval(lowest + (centre - lowest) * alike, highest - (highest - centre) * alike)
    squares = math.fsum([c * (w - centre) ** 2 for w, c in zip(weights, counts, strict=True)])
    half = student_t(n - 1) * math.sqrt(squares / (n - 1) / n)
    return Interval(max(lowest, centre - half), min(highest, centre + half))


@lru_cache(maxsize=1024)
def student_t(degrees: int) -> float:
    """Give Student's t quantile of 0.975, to seven digits. Needs degrees >= 1.

    Abramowitz and Stegun (1964), Handbook of Mathematical Functions: 26.7.3 and 26.7.4 up to 30 degrees of freedom,
    the expansion 26.7.5 above.
    """
    if degrees > 30:
        return _t_by_expansion(degrees)
    return _edge(0.0, 13.0, lambda t: _within(t, degrees) <= CONFIDENCE)


def _t_by_expansion(degrees: int) -> float:
    z = Z
    terms: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / float(degrees) ** power for power, term in enumerate(terms, start=1))


def _within(t: float, degrees: int) -> float:
    """Give the chance that a t variable lies between -t and t."""
    angle = math.atan(t / math.sqrt(degrees))
    odd = degrees % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0
    for step in range(2 + odd, degrees + 1, 2):
        total += term
        term *= math.cos(angle) ** 2 * (step - 1) / step
    return (angle + math.sin(angle) * total) * 2 / math.pi if odd else math.sin(angle) * total
