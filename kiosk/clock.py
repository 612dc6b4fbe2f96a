"""Time as a kiosk can know it: the wall clock may be wrong, the time since boot is not."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

ClockState = Literal["synced", "rtc", "unsynced"]
"""`synced`: set by network time in this boot; `rtc`: from a battery clock; `unsynced`: plausible at best."""

_TIME_ERROR = 5
"""What adjtimex(2) returns while no time daemon has set the clock."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant, with what is needed to correct it once the clock is known to be right."""

    at_ms: int
    """UTC, milliseconds since 1970, as the wall clock claims."""
    boot_id: str
    boot_ms: int
    """Milliseconds since boot, sleep included: never jumps."""
    state: ClockState


class Clock(Protocol):
    """The seam between the kiosk and the world's time; tests wind one by hand."""

    def now(self) -> Moment:
        """Give this instant."""

    def seconds(self) -> float:
        """Give seconds that only ever grow, for waiting and for durations."""


class SystemClock:
    """The machine's own clock."""

    def __init__(self) -> None:
        """Learn which boot this is."""
        self._boot_id = _boot_id()

    def now(self) -> Moment:
        """Give this instant."""
        return Moment(time.time_ns() // 1_000_000, self._boot_id, int(self.seconds() * 1000), clock_state())

    def seconds(self) -> float:
        """Give seconds since boot, sleep included where the system counts it."""
        if hasattr(time, "CLOCK_BOOTTIME"):
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()


def clock_state() -> ClockState:
    """Tell how far the wall clock can be trusted, from the kernel's own flag and the presence of a battery clock."""
    if _kernels_verdict()() != _TIME_ERROR:
        return "synced"
    return "rtc" if os.path.exists("/dev/rtc0") else "unsynced"  # noqa: PTH110 - Path takes five times as long


@lru_cache
def _kernels_verdict() -> Callable[[], int]:
    """Give what asks adjtimex(2), which only Linux has; elsewhere the clock passes for set."""
    import ctypes  # only here it is asked

    adjtimex = getattr(ctypes.CDLL(None), "adjtimex", None) if Path("/proc").exists() else None
    return (lambda: int(adjtimex(ctypes.create_string_buffer(512)))) if adjtimex else lambda: 0


def business_day(at_ms: int, zone: ZoneInfo, day_ends_at: time_of_day) -> date:
    """Tell which day the shop means by an instant: before `day_ends_at` local time it is still yesterday.

    >>> business_day(1_793_057_400_000, ZoneInfo("Europe/Helsinki"), time_of_day(4))  # Mon 26 Oct 2026, 01:30
    datetime.date(2026, 10, 25)
    """
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone)
    return local.date() - timedelta(days=local.time() < day_ends_at)


def day_bounds(day: date, zone: ZoneInfo, day_ends_at: time_of_day) -> tuple[int, int]:
    """Give the first millisecond of a business day and the first after it (UTC); 23 or 25 hours when clocks change."""

    def start(of: date) -> int:
        return int(datetime.combine(of, day_ends_at, zone).timestamp() * 1000)

    return start(day), start(day + timedelta(days=1))


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())
