"""How many records go out at once: fewer for a while where a batch was too large, or one record spoils it."""

from __future__ import annotations


class Span:
    """Halves a batch that was not taken until its parts are, and then goes back to whole ones."""

    def __init__(self, most: int) -> None:
        """Begin with batches of so many records."""
        self._most = self._limit = most
        self._until = 0

    @property
    def is_searching(self) -> bool:
        """Tell whether batches are made small at the moment."""
        return self._until > 0

    def limit(self, after_seq: int) -> int:
        """Give how many records the batch after a record may hold."""
        if after_seq >= self._until:
            self._limit, self._until = self._most, 0
        return self._limit

    def halve(self, records: int, last_seq: int) -> None:
        """Note that a batch of so many records, up to this one, was not taken as it was: the reason is in there."""
        self._limit = max(1, records // 2)
        self._until = last_seq
