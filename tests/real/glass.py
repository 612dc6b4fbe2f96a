"""The screen of a terminal, read as a person reads it: words and where they stand, whole frames only."""

from __future__ import annotations

import time
from collections.abc import Callable

import pyte

PATIENCE_SECONDS = 30.0
"""How long a test waits for what must come."""

TURN_SECONDS = 0.02
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"


class Glass:
    """What a program has written, in `received`, and the screen it makes; cells count from 0 at the top left.

    The screen is painted when somebody looks.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        """Start with an empty screen of `size` columns and rows."""
        self.received = bytearray()
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._painted = 0

    def rows(self) -> list[str]:
        """Give the words on the screen, row by row."""
        self._paint()
        return list(self._screen.display)

    def text(self) -> str:
        """Give the words on the screen."""
        return "\n".join(self.rows())

    def colours(self) -> set[str]:
        """Give every ground colour on the screen: a name, or six hexadecimal digits."""
        self._paint()
        columns, rows = self._screen.columns, self._screen.lines
        return {self._screen.buffer[row][column].bg for row in range(rows) for column in range(columns)}

    def until(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until something holds; fails with the screen as it is when it never does."""
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"never came: {what} ({self._ending()})\n{self.text()}")
            self._news_or_time()

    def see(self, *words: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until all the words are on the screen at once."""
        self.until(lambda: all(word in self.text() for word in words), " ".join(words), seconds)

    def place_of(self, label: str) -> tuple[int, int]:
        """Give the cell in the middle of the first place where `label` stands."""
        for y, row in enumerate(self.rows()):
            if (x := row.find(label)) >= 0:
                return x + len(label) // 2, y
        raise AssertionError(f"no {label!r} on the screen\n{self.text()}")

    def reshape(self, columns: int, rows: int) -> None:
        """Go on with another size."""
        self._paint()
        self._screen.resize(rows, columns)

    def _news_or_time(self) -> None:
        """Wait for more to be received, but not for long."""
        time.sleep(TURN_SECONDS)

    def _ending(self) -> str:
        """Say what has become of the program."""
        return "it may still run"

    def _paint(self) -> None:
        """Bring the screen up to the end of the last whole frame."""
        received = bytes(self.received[self._painted :])
        begun = received.rfind(_FRAME_BEGINS)
        whole = received[:begun] if begun > received.rfind(_FRAME_ENDS) else received
        self._stream.feed(whole)
        self._painted += len(whole)
