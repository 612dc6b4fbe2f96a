"""Who may knock at the link, and how often."""

from __future__ import annotations

from collections import Counter
from threading import Lock

_AT_ONCE = 12
_AT_ONCE_FROM_ONE = 4
"""Browsers open a second connection before they need it."""
_WRONG_FROM_ONE = 20
"""A browser asks for a picture or two that are not there; nobody honest asks for more."""
_WRONG_IN_ALL = 500


class Doorman:
    """Turns away who keeps too many connections open or guesses. Safe from several threads."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self._lock = Lock()
        self._open: Counter[str] = Counter()
        self._wrong: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Let a connection in, to be told to `leave`; False when it is one too many."""
        with self._lock:
            if self._open.total() >= _AT_ONCE or self._open[address] >= _AT_ONCE_FROM_ONE or self._guesses(address):
                return False
            self._open[address] += 1
            return True

    def leave(self, address: str) -> None:
        """Take note that a connection ended."""
        with self._lock:
            self._open[address] -= 1

    def note_wrong(self, address: str) -> None:
        """Take note that somebody asked for what is not there."""
        with self._lock:
            self._wrong[address] += 1

    def _guesses(self, address: str) -> bool:
        return self._wrong[address] >= _WRONG_FROM_ONE or self._wrong.total() >= _WRONG_IN_ALL
