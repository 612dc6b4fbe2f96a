"""A question's figure day by day, with its interval as a band."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kiosk.clock import business_day
from kiosk.config import Config
from kiosk.results.metrics import Figure
from kiosk.results.period import Period
from kiosk.results.question import figure_json, figure_of
from kiosk.results.sample import Sample, sample_of
from kiosk.results.slots import Slot, gathered
from kiosk.results.tally import Scale


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One business day of a trend."""

    day: date
    n: int
    """Answers behind the figure: of the day, or of all the days that roll."""
    figure: Figure | None
    """Its `low` and `high` are the band."""
    sample: Sample
    """Where it is COUNTS_ONLY the line has a gap."""

    def as_json(self) -> dict[str, Any]:
        """Give the day, `n` and the figure."""
        return {"day": self.day.isoformat(), "n": self.n, **figure_json(self.figure), "sample": self.sample.value}


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure for every day of a period."""

    points: tuple[TrendPoint, ...]
    """One for each day, those without an answer too."""
    rolling_days: int
    """How many days each point gathers, its own the last of them."""

    def as_json(self) -> dict[str, Any]:
        """Give `{"rolling_days", "points": [...]}`."""
        return {"rolling_days": self.rolling_days, "points": [point.as_json() for point in self.points]}


def trend(slots: Sequence[Slot], scale: Scale, period: Period, config: Config, rolling_days: int = 1) -> Trend:
    """Work out a question's figure for each day of a period.

    With `rolling_days`, each day's figure is that of the answers of so many days together, which calms the line;
    `slots` should then begin as much before the period.
    """

    def day_of(start_ms: int) -> date:
        return business_day(start_ms, config.zone, config.kiosk.day_ends_at)

    counts = gathered(slots, day_of)
    return Trend(tuple(_point(day, counts, scale, rolling_days, config) for day in period.days()), rolling_days)


def _point(
    day: date, counts: Mapping[date, Counter[str]], scale: Scale, rolling_days: int, config: Config
) -> TrendPoint:
    together: Counter[str] = Counter()
    for back in range(rolling_days):
        together.update(counts.get(day - timedelta(days=back), {}))
    n = together.total()
    return TrendPoint(day, n, figure_of(scale, together), sample_of(n, config.results.small_sample))
