"""What took long to work out, kept for a while; pages say how old it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from kiosk.clock import Clock

Result = TypeVar("Result")

KEPT_SECONDS = 60.0
_LONG_SECONDS = 0.1
"""What takes less is worked out every time."""
_MOST = 64


class Known(NamedTuple, Generic[Result]):
    """Something that was worked out."""

    result: Result
    age_seconds: float


class Remembered(Generic[Result]):
    """Remembers the last results; may be used from any thread."""

    def __init__(self, clock: Clock) -> None:
        """Remember nothing yet."""
        self._clock, self._lock = clock, Lock()
        self._kept: OrderedDict[Hashable, tuple[float, Result]] = OrderedDict()

    def of(self, key: Hashable, work_out: Callable[[], Result]) -> Known[Result]:
        """Give what is remembered under a key; work it out where that is nothing, or too old."""
        begin = self._clock.seconds()
        with self._lock:
            kept = self._kept.get(key)
        if kept and begin - kept[0] < KEPT_SECONDS:
            return Known(kept[1], begin - kept[0])
        result = work_out()
        if self._clock.seconds() - begin >= _LONG_SECONDS:
            self._keep(key, begin, result)
        return Known(result, 0.0)

    def _keep(self, key: Hashable, at: float, result: Result) -> None:
        with self._lock:
            self._kept[key] = (at, result)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
