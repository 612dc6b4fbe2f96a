"""Figures with what the rules of misuse find, over as many of the last days as a page has the time for."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from kiosk.config import Config
from kiosk.hub.store.place_source import PlaceSource
from kiosk.results.day import DayFigures, day_figures
from kiosk.results.doubts import flagged
from kiosk.results.period import Period
from kiosk.results.watch import WEEKS

MOST_ANSWERS = 25_000
"""Answers that are looked at for one page: about half a second's work."""


class Searched(NamedTuple):
    """Figures, and how far they know what is doubtful."""

    figures: DayFigures
    days: Period
    """The last days of the period, which were searched; of those before, the kiosks' own marks alone are known."""


def searched_figures(source: PlaceSource, config: Config, period: Period, most: int = MOST_ANSWERS) -> Searched:
    """Count a period's answers, and search its last days for misuse: so many that `most` answers are looked at.

    The last day is searched however many there are.
    """
    days = _days_to_search(source, period, most)
    bounds = period.bounds_in(config)
    tally = flagged(source.count_values(*bounds), source.doubts(config, days))
    if days.first > period.first:
        before = Period(period.first, days.first - timedelta(days=1))
        source.add_marks(tally, *before.bounds_in(config))
    return Searched(day_figures(tally, source.outcomes(*bounds), config, period), days)


def _days_to_search(source: PlaceSource, period: Period, most: int) -> Period:
    last, weeks, one_day = period.last or period.first, timedelta(weeks=WEEKS), timedelta(days=1)
    counts = source.answers_by_day(Period(period.first - weeks, last))
    first, looked_at = last, sum(n for day, n in counts.items() if day >= last - weeks)
    while first > period.first and looked_at + (more := counts.get(first - weeks - one_day, 0)) <= most:
        first, looked_at = first - one_day, looked_at + more
    if first == period.first:
        return period
    return Period(first, last) if first < last else Period(last)
