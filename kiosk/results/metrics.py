"""One figure for one question: which formula belongs to which kind, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kiosk.results.intervals import Interval, mean, mean_interval, net_share, wilson


@dataclass(frozen=True, slots=True)
class Figure:
    """What a question's answers say together. `value`, `low` and `high` are None as long as there is no answer."""

    metric: str
    """`nps` (-100 to 100), `smiley_index`, `csat` and `success` (0 to 100), or `ces` (1 to 7)."""
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


def nps(counts: Sequence[int]) -> Figure:
    """Share of 9 and 10 less the share of 0 to 6, of counts for 0 to 10: -100 to 100.

    Reichheld (2003), The one number you need to grow, Harvard Business Review 81(12); interval after Rocks (2016).
    """
    n = sum(counts)
    if not n:
        return Figure("nps", 0)
    detractors, promoters = detractors_and_promoters(counts)
    return _percent("nps", n, (promoters - detractors) / n, net_share(detractors, promoters, n))


def detractors_and_promoters(counts: Sequence[int]) -> tuple[int, int]:
    """Give how many of the counts for 0 to 10 are 0 to 6, and how many 9 or 10."""
    return sum(counts[:7]), sum(counts[9:])


def smiley_index(counts: Sequence[int]) -> Figure:
    """Mean of faces that stand in equal steps from 0 (worst) to 100 (best), for three faces or more; t interval.

    Our own open definition: the sellers of face terminals do not publish their weights.
    """
    return _mean("smiley_index", _equal_steps(len(counts)), counts)


@lru_cache  # the same for thousands of places
def _equal_steps(points: int) -> tuple[float, ...]:
    return tuple(100 * step / (points - 1) for step in range(points))


def csat(counts: Sequence[int]) -> Figure:
    """Share of 4 and 5 (the top two boxes), of counts for 1 to 5: 0 to 100; interval after Wilson (1927)."""
    return _share("csat", sum(counts[3:]), sum(counts))


def ces(counts: Sequence[int]) -> Figure:
    """Mean of 1 (hard) to 7 (easy), of counts for 1 to 7; t interval.

    Dixon, Freeman and Toman (2010), Stop trying to delight your customers, Harvard Business Review 88(7/8), in the
    1 to 7 form where agreeing is good.
    """
    return _mean("ces", range(1, 8), counts)


def success(counts: Sequence[int]) -> Figure:
    """Share of yes, of counts for no, partly and yes: 0 to 100; interval after Wilson (1927)."""
    return _share("success", counts[2], sum(counts))


FIGURES: dict[str, Callable[[Sequence[int]], Figure]] = {
    "smiley": smiley_index,
    "nps": nps,
    "ces": ces,
    "csat": csat,
    "success": success,
}
"""The figure of each kind of question, from counts in the order of its scale; choice and text have none."""


def _share(metric: str, hits: int, n: int) -> Figure:
    return _percent(metric, n, hits / n, wilson(hits, n)) if n else Figure(metric, 0)


def _mean(metric: str, weights: Sequence[float], counts: Sequence[int]) -> Figure:
    n = sum(counts)
    if not n:
        return Figure(metric, 0)
    centre = mean(weights, counts)
    return Figure(metric, n, centre, *mean_interval(centre, weights, counts))


def _percent(metric: str, n: int, share: float, interval: Interval) -> Figure:
    return Figure(metric, n, 100 * share, 100 * interval.low, 100 * interval.high)
