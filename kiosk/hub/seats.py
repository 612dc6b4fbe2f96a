"""How many browsers may be told of what happens, as it happens: each of them holds a connection all the time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


class Occupied(Exception):
    """There is no seat left."""


@dataclass(slots=True)
class Seats:
    """Seats for those who follow; one is a page that is open in a browser."""

    whole: int = 200
    """Seats of this process."""
    each: int = 10
    """Seats that one person may take, so that nobody keeps the others out."""
    _taken: Counter[Hashable] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def taken(self, who: Hashable) -> Iterator[None]:
        """Hold a seat. Raises Occupied where there is none, or where `who` has as many as one may have."""
        with self._lock:
            if self._taken[who] >= self.each or self._taken.total() >= self.whole:
                raise Occupied
            self._taken[who] += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken[who] -= 1
                self._taken += Counter()  # forgets those who have no seat any more
