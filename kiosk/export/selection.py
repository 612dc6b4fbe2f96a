"""Which answers go into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.clock import business_day
from kiosk.config import Config
from kiosk.export.table import Table, answer_table
from kiosk.results.doubts import Doubt
from kiosk.results.period import Period

if TYPE_CHECKING:
    from kiosk.store.columns import AnswerColumns
    from kiosk.store.source import Source

Watch = Callable[[Iterable["AnswerColumns"]], Iterable["AnswerColumns"]]
"""Lets answers through, and may show how far they are."""


def unwatched(answers: Iterable[AnswerColumns]) -> Iterable[AnswerColumns]:
    """Let answers through."""
    return answers


@dataclass(frozen=True, slots=True)
class Selection:
    """The answers of some business days, or all that a kiosk has."""

    reader: Source
    config: Config
    period: Period | None = None
    """None for all there are."""

    @property
    def bounds(self) -> tuple[int, int] | tuple[None, None]:
        """Give the period in UTC milliseconds; None where there is no bound."""
        if self.period is None:
            return None, None
        return self.period.bounds_in(self.config)

    def days(self) -> Period | None:
        """Give the business days that are meant, from the first answer's to the last one's; None without answers."""
        if self.period:
            return self.period
        span = self.reader.span()
        zone, day_ends_at = self.config.zone, self.config.kiosk.day_ends_at
        return Period(*(business_day(at_ms, zone, day_ends_at) for at_ms in span)) if span else None

    def count(self) -> int:
        """Count the answers."""
        return self.reader.count_answers(*self.bounds)

    def doubts(self) -> Iterator[Doubt]:
        """Give the doubtful answers, in the order they were given."""
        days = self.days()
        return self.reader.doubts(self.config, days) if days else iter(())

    def table(self, watch: Watch = unwatched) -> Table:
        """Give the table that every format shows."""
        days = self.days()
        answers = watch(self.reader.marked_columns(self.config, days, *self.bounds) if days else ())
        context_keys = self.reader.context_keys(*self.bounds)
        return answer_table(answers, context_keys, str(self.reader.device_id), self.config)
