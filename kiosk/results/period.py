"""One business day, or a row of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.clock import business_day, day_bounds
from kiosk.config import Config


@dataclass(frozen=True, slots=True)
class Period:
    """The business days that figures or answers are asked for: one day, or `first` to `last` with both included."""

    first: date
    last: date | None = None
    """None when one day was asked for."""

    def days(self) -> Iterator[date]:
        """Give every day of the period, the first one first."""
        return (self.first + timedelta(days=number) for number in range(self._length))

    def before(self) -> Period:
        """Give as many days, just before this period: the day before one day."""
        return self._earlier(self._length)

    def week_before(self) -> Period:
        """Give the same weekdays of the week before."""
        return self._earlier(7)

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two share a day."""
        return self.first <= (other.last or other.first) and other.first <= (self.last or self.first)

    def bounds(self, zone: ZoneInfo, day_ends_at: time) -> tuple[int, int]:
        """Give the first millisecond of the period and the first after it (UTC)."""
        return day_bounds(self.first, zone, day_ends_at)[0], day_bounds(self.last or self.first, zone, day_ends_at)[1]

    def bounds_in(self, config: Config) -> tuple[int, int]:
        """Give the same by a shop's own time zone and end of the day."""
        return self.bounds(config.zone, config.kiosk.day_ends_at)

    def as_json(self) -> dict[str, str]:
        """Give `{"day"}` for one day and `{"from", "to"}` for several."""
        if self.last is None:
            return {"day": self.first.isoformat()}
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}

    @property
    def _length(self) -> int:
        return ((self.last or self.first) - self.first).days + 1

    def _earlier(self, days: int) -> Period:
        shift = timedelta(days=days)
        return Period(self.first - shift, self.last and self.last - shift)


def today(now_ms: int, zone: ZoneInfo, day_ends_at: time) -> Period:
    """Give the business day that a shop is in at an instant (UTC milliseconds)."""
    return Period(business_day(now_ms, zone, day_ends_at))


def today_in(config: Config, now_ms: int) -> Period:
    """Give the business day by a shop's own time zone and end of the day."""
    return today(now_ms, config.zone, config.kiosk.day_ends_at)


def last_days(until: date, number: int = 28) -> Period:
    """Give the `number` business days that end with `until`, which is one of them."""
    return Period(until - timedelta(days=number - 1), until)
