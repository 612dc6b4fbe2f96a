"""The figures of a period from a database, with what is doubtful in them."""

from __future__ import annotations

from kiosk.config import Config
from kiosk.results.day import DayFigures, day_figures
from kiosk.results.doubts import flagged
from kiosk.results.period import Period
from kiosk.store.doubtful import Watched
from kiosk.store.source import Source


def figures_of(reader: Source, config: Config, period: Period, watched: Watched = iter) -> DayFigures:
    """Count a period's answers and mark the doubtful ones among them. Raises StoreError.

    Looks at every answer of the period and of the weeks before, which takes seconds when there are many hundred
    thousand; they pass through `watched`.
    """
    bounds = period.bounds_in(config)
    tally = flagged(reader.count_values(*bounds), reader.doubts(config, period, watched))
    return day_figures(tally, reader.outcomes(*bounds), config, period)


def plain_figures_of(reader: Source, config: Config, period: Period) -> DayFigures:
    """Count a period's answers without looking for misuse: to have the figures of today at once. Raises StoreError."""
    bounds = period.bounds_in(config)
    return day_figures(reader.count_values(*bounds), reader.outcomes(*bounds), config, period)
