"""When to try again: full jitter, so that a thousand kiosks do not come back in the same second."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

BASE_SECONDS = 5.0
CAP_SECONDS = 900.0
LONGEST_WAIT_SECONDS = 3600.0
"""No server can send a kiosk away for longer."""


class Backoff:
    """Counts failures in a row, and says how long to wait after each."""

    def __init__(self, random: Random) -> None:
        """Begin without a failure."""
        self._random = random
        self._failures = 0

    @property
    def ceiling(self) -> float:
        """Give the longest time (seconds) to wait after the next failure: 5, 10, 20 … 640, 900, 900."""
        return min(CAP_SECONDS, BASE_SECONDS * 2.0 ** min(self._failures, 20))

    def delay(self, asked_s: float = 0.0) -> float:
        """Count a failure; give the seconds to wait: up to the ceiling, on top of what the server asked for."""
        delay = asked_s + self._random.uniform(0, self.ceiling)
        self._failures += 1
        return delay

    def reset(self) -> None:
        """Forget the failures: it worked."""
        self._failures = 0


def asked_wait(headers: Mapping[str, str], now_ms: int) -> float:
    """Give the seconds that `Retry-After` asks for, at most an hour; 0 where it asks for nothing that can be read.

    A date is held against the server's own clock, where it tells it: the kiosk's may be years off.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return min(float(asked[:9]), LONGEST_WAIT_SECONDS)
    until = _date(asked)
    if until is None:
        return 0.0
    now = _date(headers.get("date", "")) or datetime.fromtimestamp(now_ms / 1000, UTC)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT_SECONDS)


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
