"""A place as a source of figures and files: what a kiosk's own database is for one kiosk, for all kiosks of a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from itertools import chain
from uuid import UUID

from sqlalchemy import Connection, func, select

from kiosk.answer import Outcome
from kiosk.clock import business_day, day_bounds
from kiosk.config import Config
from kiosk.hub.store import figures, kept_answers
from kiosk.hub.store.tables.records import ANSWER
from kiosk.results.doubts import Doubt, doubts, lessons
from kiosk.results.period import Period
from kiosk.results.slots import Slot
from kiosk.results.tally import Scale, Tally
from kiosk.results.taps import Tap
from kiosk.results.watch import Watch
from kiosk.store.columns import AnswerColumns
from kiosk.store.doubtful import Watched
from kiosk.store.marking import marked
from kiosk.store.stored import StoredAnswer

_NOBODY = UUID(int=0)


class PlaceSource:
    """Reads what the hub has of some kiosks, through one connection: a `kiosk.store.source.Source`.

    Periods must begin and end with business days. The hub does not know when staff were at a kiosk, so that no answer
    is doubtful for that reason unless the kiosk marked it.
    """

    def __init__(
        self, connection: Connection, devices: tuple[UUID, ...], config: Config, *, with_text: bool = True
    ) -> None:
        """Read the answers of `devices`, whose survey `config` holds; without their text if need be."""
        self._connection, self._devices, self._config, self._with_text = connection, devices, config, with_text

    @property
    def device_id(self) -> UUID:
        """The kiosk, where there is one alone."""
        return self._devices[0] if self._devices else _NOBODY

    def answers(self, from_ms: int | None = None, to_ms: int | None = None) -> Iterator[StoredAnswer]:
        """Give answers kiosk by kiosk, in the order they were given there."""
        each = (kept_answers.stored(self._connection, device, (from_ms, to_ms)) for device in self._devices)
        return chain.from_iterable(each)

    def answer_columns(self, from_ms: int | None = None, to_ms: int | None = None) -> Iterator[AnswerColumns]:
        """Give the same answers, some at a time and column by column."""
        for device in self._devices:
            yield from kept_answers.columns(self._connection, device, (from_ms, to_ms), with_text=self._with_text)

    def marked_columns(
        self, config: Config, days: Period, from_ms: int | None = None, to_ms: int | None = None
    ) -> Iterator[AnswerColumns]:
        """Give the same columns, with all marks of the doubtful answers, each kiosk's judged by itself."""
        for device in self._devices:
            kept = kept_answers.columns(self._connection, device, (from_ms, to_ms), with_text=self._with_text)
            yield from marked(kept, self._taps(device, lessons(days)[:-1], config), Watch(config))

    def count_answers(self, from_ms: int | None = None, to_ms: int | None = None) -> int:
        """Count all answers, the superseded ones and those of test mode among them."""
        return sum(kept_answers.how_many(self._connection, device, (from_ms, to_ms)) for device in self._devices)

    def span(self) -> tuple[int, int] | None:
        """Give the times of the earliest and the latest answer; None without answers."""
        ends = select(func.min(ANSWER.c.at_ms), func.max(ANSWER.c.at_ms)).where(ANSWER.c.device_id.in_(self._devices))
        first_ms, last_ms = self._connection.execute(ends).one()
        return None if first_ms is None else (first_ms, last_ms)

    def context_keys(self, from_ms: int | None = None, to_ms: int | None = None) -> list[str]:
        """Give every key that an answer has in its context, in the order of the alphabet."""
        bounds = (from_ms, to_ms)
        return sorted(
            {key for one in self._devices for key in kept_answers.context_keys(self._connection, one, bounds)}
        )

    def count_values(self, from_ms: int | None = None, to_ms: int | None = None) -> Tally:
        """Count the answers of each question, from the rollups."""
        counted = figures.tally(self._connection, self._devices, self._days(from_ms, to_ms))
        touchpoints = {question.id: question.touchpoint for question in self._config.question}
        for scale, counts in counted.items():
            counts.touchpoint = touchpoints.get(scale.question, "")
        if any(counts.flagged for counts in counted.values()):
            self._flag(counted, from_ms, to_ms)
        return counted

    def answers_by_day(self, days: Period) -> dict[date, int]:
        """Count the answers that count of each business day that has any, from the rollups."""
        return figures.answers_by_day(self._connection, self._devices, (days.first, days.last or days.first))

    def add_marks(self, tally: Tally, from_ms: int | None, to_ms: int | None) -> None:
        """Tell counts which answers of a period were stored with a mark."""
        for device in self._devices:
            kept_answers.flag(self._connection, device, (from_ms, to_ms), tally)

    def slots(
        self, scale: Scale, day_ends_at: time, from_ms: int | None = None, to_ms: int | None = None
    ) -> list[Slot]:
        """Count the answers on a scale by when they were given, from the rollups."""
        return figures.slots(self._connection, self._devices, scale, from_ms, to_ms)

    def day_slots(self, scale: Scale, days: Period) -> list[Slot]:
        """Count the same by business day alone, which is far quicker: what a trend is made of."""
        zone, day_ends_at = self._config.zone, self._config.kiosk.day_ends_at
        within = (days.first, days.last or days.first)
        counted = figures.values_by_day(self._connection, self._devices, scale, within)
        return [Slot(day_bounds(day, zone, day_ends_at)[0], False, value, n) for day, value, n in counted]

    def doubts(self, config: Config, period: Period, watched: Watched = iter) -> Iterator[Doubt]:
        """Give the doubtful answers of a period kiosk by kiosk: what is usual is learned from each for itself."""
        begin, end = _bounds(period, config)
        for device in self._devices:
            found = doubts(watched(self._taps(device, lessons(period), config)), Watch(config))
            yield from (doubt for doubt in found if begin <= doubt.tap.at_ms < end)

    def outcomes(self, from_ms: int | None = None, to_ms: int | None = None) -> dict[Outcome, int]:
        """Count the visits by how they ended, from the rollups."""
        return figures.outcomes(self._connection, self._devices, self._days(from_ms, to_ms))

    def _taps(self, device: UUID, periods: Iterable[Period], config: Config) -> Iterator[Tap]:
        bounds = (_bounds(period, config) for period in periods)
        return chain.from_iterable(kept_answers.taps(self._connection, device, each) for each in bounds)

    def _flag(self, counted: Tally, from_ms: int | None, to_ms: int | None) -> None:
        for counts in counted.values():
            counts.flagged = 0
        self.add_marks(counted, from_ms, to_ms)

    def _days(self, from_ms: int | None, to_ms: int | None) -> tuple[date | None, date | None]:
        return self._day(from_ms), self._day(None if to_ms is None else to_ms - 1)

    def _day(self, at_ms: int | None) -> date | None:
        return None if at_ms is None else business_day(at_ms, self._config.zone, self._config.kiosk.day_ends_at)


def _bounds(period: Period, config: Config) -> tuple[int, int]:
    return period.bounds_in(config)
