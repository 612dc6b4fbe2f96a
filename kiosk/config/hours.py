"""Times of day and opening hours, as a shop writes them."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ConfigDict, RootModel, model_validator

from kiosk.config.findings import did_you_mean, shown

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT = "24:00"


def time_of_day(value: Any) -> time:
    """Read `04:00`, in quotes or not; raises ValueError with a sentence."""
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'must be a time of day such as "08:00", not {shown(value)}')
    return time(int(found[1]), int(found[2]))


def _days(value: Any) -> tuple[int, ...]:
    first, _, last = str(value).lower().partition("-")
    start, end = _weekday(first), _weekday(last or first)
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def _weekday(name: str) -> int:
    if name.strip() not in WEEKDAYS:
        raise ValueError(f"{shown(name)} is not one of {', '.join(WEEKDAYS)}{did_you_mean(name.strip()[:3], WEEKDAYS)}")
    return WEEKDAYS.index(name.strip())


def _span(value: Any) -> tuple[time, time]:
    first, separator, last = value.replace("–", "-").partition("-") if isinstance(value, str) else ("", "", "")
    if not separator:
        raise ValueError(f'must be written like "08:00-18:00", not {shown(value)}')
    opens = time_of_day(first)
    closes = time.max if last.strip() == _MIDNIGHT else time_of_day(last)
    if closes <= opens:
        raise ValueError(f"{shown(value)} ends before it starts; the latest end is {_MIDNIGHT}")
    return opens, closes


Days = Annotated[tuple[int, ...], BeforeValidator(_days)]
"""Weekdays from 0, Monday, written as `sat` or `mon-fri`."""

Span = Annotated[tuple[time, time], BeforeValidator(_span)]
"""Opening and closing time, written as `08:00-18:00`."""


class OpeningHours(RootModel[dict[Days, Span]]):
    """When the shop is open; a shop that gives no hours counts as always open."""

    model_config = ConfigDict(frozen=True)

    root: dict[Days, Span] = {}

    @model_validator(mode="after")
    def _each_day_once(self) -> Self:
        days = [day for span in self.root for day in span]
        if twice := {WEEKDAYS[day] for day in days if days.count(day) > 1}:
            raise ValueError(f"has more than one line for {', '.join(sorted(twice, key=WEEKDAYS.index))}")
        return self

    def on(self, weekday: int) -> tuple[time, time] | None:
        """Give opening and closing time of a weekday (0 is Monday); None when closed."""
        return next((span for days, span in self.root.items() if weekday in days), None)

    def is_open(self, local: datetime) -> bool:
        """Tell whether the shop is open at a local time; the closing minute is closed."""
        span = self.on(local.weekday())
        return not self.root or (span is not None and span[0] <= local.time() < span[1])
