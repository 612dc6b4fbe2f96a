"""From what was measured to what is said: median, p99, ratio, and whether a budget is met."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


def percentile(values: Sequence[float], share: float) -> float:
    """Give the smallest value that at least `share` (0 to 1) of all values do not exceed: one that was measured."""
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def median(values: Sequence[float]) -> float:
    """Give the middle value; the lower one of two."""
    return percentile(values, 0.5)


@dataclass(frozen=True, slots=True)
class Budget:
    """What it may be at the most."""

    limit: float = math.inf
    """The most it may be, in the unit of the figure."""
    ratio: float = math.inf
    """The most it may be of the rival's."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result: the kiosk, its rival (if not said, the browser), and what is allowed."""

    name: str
    unit: str
    kiosk: float
    browser: float | None
    budget: Budget | None = None

    @property
    def ratio(self) -> float | None:
        """The kiosk's share of the browser's figure."""
        return self.kiosk / self.browser if self.browser else None

    @property
    def missed(self) -> tuple[str, ...]:
        """The parts of the budget that are not kept."""
        if self.budget is None:
            return ()
        parts = []
        if self.kiosk > self.budget.limit:
            parts.append("limit")
        if self.ratio is not None and self.ratio > self.budget.ratio:
            parts.append("ratio")
        return tuple(parts)

    def as_json(self) -> dict[str, object]:
        """Give the figure for programs."""
        budget = {"limit": self.budget.limit, "ratio": self.budget.ratio} if self.budget else None
        return {
            "name": self.name,
            "unit": self.unit,
            "kiosk": self.kiosk,
            "browser": self.browser,
            "ratio": self.ratio,
            "budget": budget,
            "missed": list(self.missed),
        }


def table(figures: Sequence[Figure], rival: str = "browser") -> list[str]:
    """Give the lines of the result for people."""
    rows = [("", "kiosk", rival, "ratio", "budget", ""), *map(_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) if column in (0, 4) else cell.rjust(width) for column, (cell, width) in cells)
        for cells in (list(enumerate(zip(row, widths, strict=True))) for row in rows)
    ]


def _row(figure: Figure) -> tuple[str, ...]:
    unit, budget = figure.unit, figure.budget
    return (
        figure.name,
        _said(figure.kiosk, unit),
        "-" if figure.browser is None else _said(figure.browser, unit),
        "-" if figure.ratio is None else f"{figure.ratio:.2f}",
        _allowed(budget, unit) if budget else "",
        "" if budget is None else f"missed: {', '.join(figure.missed)}" if figure.missed else "met",
    )


def _allowed(budget: Budget, unit: str) -> str:
    parts = ((budget.limit, f"≤ {budget.limit:g} {unit}"), (budget.ratio, f"≤ {budget.ratio:.2f}"))
    return ", ".join(words for bound, words in parts if math.isfinite(bound))


def _said(value: float, unit: str) -> str:
    """Round to what the measurement can bear."""
    return f"{value:.0f} {unit}" if value >= 10 or unit == "ms" else f"{value:.2f} {unit}"
