"""How often one kiosk may send, and how much all together may be sending at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

AT_ONCE = 120
"""Requests that one kiosk may send in a row: 60,000 records of a month offline."""
PER_SECOND = 10.0
"""Requests that it may send after that."""


@dataclass(slots=True)
class Pace:
    """A bucket of tokens for each kiosk: a mad one slows down itself alone."""

    seconds: Callable[[], float] = time.monotonic
    at_once: int = AT_ONCE
    per_second: float = PER_SECOND
    _buckets: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    """Tokens left, and when that was."""
    _lock: Lock = field(default_factory=Lock)

    def wait_s(self, who: Hashable) -> int:
        """Take a token; give 0, or in how many seconds there will be one."""
        now = self.seconds()
        with self._lock:
            left, at = self._buckets.get(who, (float(self.at_once), now))
            left = min(self.at_once, left + (now - at) * self.per_second)
            if left < 1:
                return max(1, ceil((1 - left) / self.per_second))
            self._buckets[who] = left - 1, now
            return 0


class Crowded(Exception):
    """More is being sent than the hub has memory for."""


@dataclass(slots=True)
class Room:
    """Memory for what is being received and waits to be written."""

    size: int = 64 << 20
    """Bytes, as sent."""
    _taken: int = 0
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def held(self, size: int) -> Iterator[None]:
        """Hold room for `size` bytes. Raises Crowded where there is none."""
        with self._lock:
            if self._taken + size > self.size:
                raise Crowded
            self._taken += size
        try:
            yield
        finally:
            with self._lock:
                self._taken -= size
