"""Whether groups answered alike: what tells if a screen's size or shape steers the answers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.results.question import QuestionFigures
from kiosk.results.rounding import rounded
from kiosk.results.tally import Scale

_LEAST_EXPECTED = 5
"""Answers that a step of the smallest group should have by chance, or the test is not to be relied on (Cochran 1954,
Some methods for strengthening the common chi-square tests, Biometrics 10)."""
_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """How far apart groups are in how their answers spread over one scale."""

    chi_square: float
    degrees: int
    """Of freedom."""
    p: float
    """The chance that groups of customers who think alike come out at least so far apart."""
    reliable: bool
    """Whether there are answers enough on every step."""

    @property
    def differs(self) -> bool:
        """Tell whether the groups are further apart than chance brings them one time in twenty."""
        return self.reliable and self.p < _CHANCE

    def as_json(self) -> dict[str, Any]:
        """Give `{"chi_square", "degrees", "p", "reliable", "differs"}`, with four decimals."""
        numbers = {"chi_square": float(rounded(self.chi_square, 4)), "degrees": self.degrees}
        return {**numbers, "p": float(rounded(self.p, 4)), "reliable": self.reliable, "differs": self.differs}


def homogeneity(groups: Iterable[Sequence[int]]) -> Homogeneity | None:
    """Test whether groups answered alike, each given as counts of the same steps; None if there is nothing to compare.

    Pearson (1900), On the criterion that a given system of deviations..., Philosophical Magazine 50. Steps and groups
    without any answer are left out.
    """
    rows = [row for row in groups if any(row)]
    columns = [column for column in zip(*rows, strict=True) if any(column)]
    if len(rows) < 2 or len(columns) < 2:
        return None
    n = sum(map(sum, rows))
    expected = [[sum(row) * sum(column) / n for column in columns] for row in rows]
    given = zip(*columns, strict=True)
    chi_square = math.fsum(
        (count - chance) ** 2 / chance
        for counts, chances in zip(given, expected, strict=True)
        for count, chance in zip(counts, chances, strict=True)
    )
    degrees = (len(rows) - 1) * (len(columns) - 1)
    return Homogeneity(chi_square, degrees, chance_of(chi_square, degrees), min(map(min, expected)) >= _LEAST_EXPECTED)


def alike(groups: Mapping[str, Iterable[QuestionFigures]]) -> dict[Scale, Homogeneity]:
    """Test each question with a scale that more than one group answered."""
    spreads: dict[Scale, list[list[int]]] = {}
    for questions in groups.values():
        for question in questions:
            if question.points:
                spreads.setdefault(question.scale, []).append(question.in_order)
    return {scale: tested for scale, rows in spreads.items() if (tested := homogeneity(rows))}


def chance_of(chi_square: float, degrees: int) -> float:
    """Give the chance that a chi-square variable is at least so large.

    Abramowitz and Stegun (1964), Handbook of Mathematical Functions: 26.4.4 and 26.4.5.
    """
    if not chi_square:
        return 1.0
    half, odd = chi_square / 2, degrees % 2
    powers = (step + odd / 2 for step in range(degrees // 2))
    terms = (math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers)
    return math.fsum(terms) + odd * math.erfc(math.sqrt(half))
