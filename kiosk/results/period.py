"""One business day, or a row of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from kiosk.clock import day_bounds


@dataclass(frozen=True, slots=True)
class Period:
    """The business days that figures or answers are asked for: one day, or `first` to `last` with both included."""

    first: date
    last: date | None = None
    """None when one day was asked for."""

    def bounds(self, zone: ZoneInfo, day_ends_at: time) -> tuple[int, int]:
        """Give the first millisecond of the period and the first after it (UTC)."""
        return day_bounds(self.first, zone, day_ends_at)[0], day_bounds(self.last or self.first, zone, day_ends_at)[1]

    def as_json(self) -> dict[str, str]:
        """Give `{"day"}` for one day and `{"from", "to"}` for several."""
        if self.last is None:
            return {"day": self.first.isoformat()}
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}
