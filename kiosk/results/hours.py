"""A question's figure through the day, and through the week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.config import Config
from kiosk.results.metrics import Figure
from kiosk.results.question import figure_json, figure_of
from kiosk.results.sample import Sample, sample_of
from kiosk.results.slots import Slot, gathered, local, untimed
from kiosk.results.tally import Scale


@dataclass(frozen=True, slots=True)
class HourFigure:
    """One hour of the day, or of one day of the week."""

    weekday: int | None
    """0 is Monday; None where all days are together."""
    hour: int
    """0 to 23, in the shop's own time; an hour that the clocks repeat is one."""
    n: int
    figure: Figure | None
    """None for choice and text."""
    sample: Sample

    @property
    def is_thin(self) -> bool:
        """Tell whether there are too few answers for a figure: draw it hatched, and show `n` alone."""
        return self.sample is Sample.COUNTS_ONLY

    def as_json(self) -> dict[str, Any]:
        """Give the hour, `n` and the figure; `weekday` where there is one."""
        weekday = {} if self.weekday is None else {"weekday": self.weekday}
        return {**weekday, "hour": self.hour, "n": self.n, **figure_json(self.figure), "sample": self.sample.value}


@dataclass(frozen=True, slots=True)
class Hours:
    """A figure hour by hour, from the first hour of the business day that has answers to the last."""

    hours: tuple[HourFigure, ...]
    """Without a gap: an hour in between that has no answer is there with n = 0."""
    unsynced: int
    """Answers in no hour because the clock was not to be trusted: for a footnote."""

    def as_json(self) -> dict[str, Any]:
        """Give `{"hours": [{"hour": 8, "n", figure...}], "unsynced"}`."""
        return {"hours": [hour.as_json() for hour in self.hours], "unsynced": self.unsynced}


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A figure by weekday and hour. Among many cells some look extreme by chance."""

    hours: tuple[int, ...]
    """The columns: from the earliest hour that has answers to the latest."""
    weekdays: tuple[tuple[HourFigure, ...], ...]
    """Seven rows, Monday's first, with one cell for each of `hours`. A weekday is the calendar's: the hour after
    midnight on a Friday is Friday's, though the business day is still Thursday."""
    unsynced: int

    def as_json(self) -> dict[str, Any]:
        """Give `{"cells": [{"weekday": 0, "hour": 8, "n", figure...}], "unsynced"}`, cells with answers alone."""
        cells = [cell.as_json() for row in self.weekdays for cell in row if cell.n]
        return {"cells": cells, "unsynced": self.unsynced}


def by_hour(slots: Sequence[Slot], scale: Scale, config: Config) -> Hours:
    """Work out a question's figure for each hour of the day."""
    first = config.kiosk.day_ends_at.hour
    counts = gathered(_timed(slots), lambda start_ms: local(start_ms, config.zone).hour)
    places = sorted((hour - first) % 24 for hour in counts)
    span = range(places[0], places[-1] + 1) if places else ()
    hours = ((place + first) % 24 for place in span)
    return Hours(tuple(_cell(None, hour, counts.get(hour), scale, config) for hour in hours), untimed(slots))


def heat_map(slots: Sequence[Slot], scale: Scale, config: Config) -> HeatMap:
    """Work out a question's figure for each hour of the week."""

    def place(start_ms: int) -> tuple[int, int]:
        moment = local(start_ms, config.zone)
        return moment.weekday(), moment.hour

    counts = gathered(_timed(slots), place)
    hours = [hour for _, hour in counts]
    span = range(min(hours), max(hours) + 1) if hours else ()
    rows = (
        tuple(_cell(weekday, hour, counts.get((weekday, hour)), scale, config) for hour in span) for weekday in range(7)
    )
    return HeatMap(tuple(span), tuple(rows), untimed(slots))


def _timed(slots: Iterable[Slot]) -> Iterable[Slot]:
    return (slot for slot in slots if slot.is_timed)


def _cell(weekday: int | None, hour: int, counts: Mapping[str, int] | None, scale: Scale, config: Config) -> HourFigure:
    counts = counts or {}
    n = sum(counts.values())
    return HourFigure(weekday, hour, n, figure_of(scale, counts), sample_of(n, config.results.small_sample))
