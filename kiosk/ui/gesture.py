"""The staff's knock: five taps within three seconds in one corner of the screen."""

from __future__ import annotations

from collections import deque
from typing import Literal

from textual.geometry import Region, Size

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]

TAPS = 5
WITHIN_SECONDS = 3.0


class Gesture:
    """Counts taps in a corner that is as large as a finger needs; a tap elsewhere starts from the beginning."""

    def __init__(self, corner: Corner) -> None:
        """Listen in one corner."""
        self._corner = corner
        self._taps: deque[float] = deque(maxlen=TAPS)

    def tap(self, x: int, y: int, screen: Size, finger: Size, now: float) -> bool:
        """Take a tap at a cell; True when it completes the gesture."""
        if not self.zone(screen, finger).contains(x, y):
            self._taps.clear()
            return False
        self._taps.append(now)
        if len(self._taps) < TAPS or now - self._taps[0] > WITHIN_SECONDS:
            return False
        self._taps.clear()
        return True

    def zone(self, screen: Size, finger: Size) -> Region:
        """Give the cells of the corner."""
        left = 0 if self._corner.endswith("left") else screen.width - finger.width
        top = 0 if self._corner.startswith("top") else screen.height - finger.height
        return Region(left, top, finger.width, finger.height)
