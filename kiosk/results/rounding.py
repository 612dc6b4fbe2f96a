"""Numbers as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_NARROW = 2.0
"""Points of an interval below which its ends would look the same in whole numbers."""


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Round half away from zero, as people do: 12.5 is 13 and -12.5 is -13 (Python's `round` says 12 and -12)."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return exact if exact else abs(exact)


def percentages(counts: Sequence[int]) -> tuple[int, ...]:
    """Give whole percentages that add up to 100 (largest remainder first); all 0 when there is nothing to share."""
    total = sum(counts)
    if not total:
        return (0,) * len(counts)
    shares = [count * 100 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(counts[place] * 100 % total))
    for place in by_remainder[: 100 - sum(shares)]:
        shares[place] += 1
    return tuple(shares)


def decimals_for(metric: str, low: float, high: float) -> int:
    """Tell with how many decimals people are shown a figure: with one more where whole numbers hid the interval."""
    return 2 if metric == "ces" else int(high - low < _NARROW)
