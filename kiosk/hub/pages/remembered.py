"""What took long to work out, kept for a while; pages say how old it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, Thread
from typing import Generic, NamedTuple, TypeVar

from kiosk.clock import Clock

Result = TypeVar("Result")

FRESH_SECONDS, KEPT_SECONDS = 60.0, 600.0
"""What is older than the first is worked out anew while it is shown once more; after the second it is gone."""
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
        self._kept: OrderedDict[Hashable, Known[Result]] = OrderedDict()
        """Each with the time at which its working out began, in the place of its age."""
        self._renewed: set[Hashable] = set()

    def of(self, key: Hashable, work_out: Callable[[], Result]) -> Known[Result]:
        """Give what is remembered under a key; work it out where that is nothing, or too old.

        `work_out` may be called later, in another thread, and then nobody hears of its errors.
        """
        with self._lock:
            kept = self._kept.get(key)
            age = self._clock.seconds() - kept.age_seconds if kept else KEPT_SECONDS
            is_old = kept is not None and FRESH_SECONDS <= age < KEPT_SECONDS and key not in self._renewed
            if is_old:
                self._renewed.add(key)
        if kept is None or age >= KEPT_SECONDS:
            return Known(self._work_out(key, work_out), 0.0)
        if is_old:
            Thread(target=self._renew, args=(key, work_out), daemon=True).start()
        return Known(kept.result, age)

    def _renew(self, key: Hashable, work_out: Callable[[], Result]) -> None:
        try:
            self._work_out(key, work_out)
        finally:
            with self._lock:
                self._renewed.discard(key)

    def _work_out(self, key: Hashable, work_out: Callable[[], Result]) -> Result:
        begin = self._clock.seconds()
        result = work_out()
        if self._clock.seconds() - begin >= _LONG_SECONDS:
            with self._lock:
                self._kept[key] = Known(result, begin)
                self._kept.move_to_end(key)
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        return result
