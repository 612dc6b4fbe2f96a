"""The figures of a period from a kiosk's database, with what is doubtful in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from kiosk.config import Config
from kiosk.results.day import DayFigures, day_figures
from kiosk.results.doubts import Doubt, doubts, flagged, lessons
from kiosk.results.misuse import STAFF_MS
from kiosk.results.period import Period
from kiosk.results.taps import Tap
from kiosk.store.reader import Reader

Watched = Callable[[Iterable[Tap]], Iterator[Tap]]
"""Passes answers on, and may draw how far they are."""


def figures_of(reader: Reader, config: Config, period: Period, watched: Watched = iter) -> DayFigures:
    """Count a period's answers and mark the doubtful ones among them. Raises StoreError.

    Looks at every answer of the period and of the weeks before, which takes seconds when there are many hundred
    thousand; they pass through `watched`.
    """
    bounds = _bounds(period, config)
    tally = flagged(reader.count_values(*bounds), doubts_of(reader, config, period, watched))
    return day_figures(tally, reader.outcomes(*bounds), config, period)


def plain_figures_of(reader: Reader, config: Config, period: Period) -> DayFigures:
    """Count a period's answers without looking for misuse: to have the figures of today at once. Raises StoreError."""
    bounds = _bounds(period, config)
    return day_figures(reader.count_values(*bounds), reader.outcomes(*bounds), config, period)


def doubts_of(reader: Reader, config: Config, period: Period, watched: Watched = iter) -> Iterator[Doubt]:
    """Give the doubtful answers of a period, in the order they were given. Raises StoreError."""
    begin, end = _bounds(period, config)
    taps = chain.from_iterable(reader.taps(*_bounds(lesson, config)) for lesson in lessons(period))
    found = doubts(watched(taps), config, reader.staff_moments(begin - STAFF_MS, end))
    return (doubt for doubt in found if begin <= doubt.tap.at_ms < end)


def _bounds(period: Period, config: Config) -> tuple[int, int]:
    return period.bounds(config.zone, config.kiosk.day_ends_at)
