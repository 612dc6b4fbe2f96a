"""The screen of a terminal, as a person uses it: reads words, sees where they stand, and touches there."""

from __future__ import annotations

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyte

from tests.patience import PATIENCE_SECONDS

SETTLE_SECONDS = 0.7
"""After this new choices take taps."""

TURN_SECONDS = 0.02
_ANSWER_SECONDS = 20.0
"""After this a tap is thought to have come too early."""
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
_PICTURE_BEGINS, _PICTURE_ENDS = b"\x1bP", b"\x1b\\"
_PICTURE = re.compile(rb"\x1bP.*?\x1b\\", re.DOTALL)


class Glass(ABC):
    """What a kiosk has written, in `received`, and the screen it makes; cells count from 0 at the top left.

    The screen is painted when somebody looks, whole frames only.
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

    @abstractmethod
    def tap(self, x: int, y: int) -> None:
        """Tap a cell."""

    def tap_on(self, label: str) -> None:
        """Tap the words of a choice once; new choices sleep for SETTLE_SECONDS."""
        self.tap(*self.place_of(label))

    def open_for(self, label: str, database: Path) -> None:
        """Wait until the question with the choice `label` is on the screen, the store is open and the choices awake."""
        self.see(label)
        self.until(lambda: self._holds(Path(f"{database}-wal")), "an open store")
        time.sleep(SETTLE_SECONDS)

    def tap_until(self, label: str, holds: Callable[[], bool]) -> None:
        """Tap the words of a choice, and once more where a slow machine was not awake yet, until something holds."""
        place = self.place_of(label)
        for _ in range(5):
            self.tap(*place)
            with suppress(AssertionError):
                return self.until(holds, "an effect of the tap", _ANSWER_SECONDS)
        raise AssertionError(f"no tap on {label!r} had an effect\n{self.text()}")

    def reshape(self, columns: int, rows: int) -> None:
        """Go on with another size."""
        self._paint()
        self._screen.resize(rows, columns)

    def _holds(self, path: Path) -> bool:
        """Tell whether the kiosk works with a file."""
        return path.exists()

    def _news_or_time(self) -> None:
        """Wait for more to be received, but not for long."""
        time.sleep(TURN_SECONDS)

    def _ending(self) -> str:
        """Say what has become of the program."""
        return "it may still run"

    def _paint(self) -> None:
        """Bring the screen up to the end of the last whole frame; of pictures in pixels, only what lies around them."""
        whole = bytes(self.received[self._painted :])
        for begins, ends in ((_FRAME_BEGINS, _FRAME_ENDS), (_PICTURE_BEGINS, _PICTURE_ENDS)):
            begun = whole.rfind(begins)
            whole = whole[:begun] if begun > whole.rfind(ends) else whole
        self._stream.feed(_PICTURE.sub(b"", whole))
        self._painted += len(whole)
