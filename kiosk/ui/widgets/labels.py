"""The words of tiles: all of one size, in big type where it fits, else in the terminal's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from textual.geometry import Region
from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap_evenly
from kiosk.ui.lettering import fitting, lettered, letters_height, smallest_on
from kiosk.ui.look import Look


class Labels:
    """How the words of several tiles are set, so that none looks more important than another."""

    def __init__(self, look: Look, texts: Sequence[str], width: int, height: int, largest: float) -> None:
        """Set each of `texts` on `width` x `height` cells; big type has at most `largest` rows to the em."""
        self._look, self._texts, self._width = look, tuple(texts), width
        across, down = look.raster.pixels(max(width, 0), max(height, 0))
        tallest = int(look.raster.pixels(1, 1)[1] * largest)
        self._size = fitting(self._texts, across, down, smallest_on(look.raster, texts), tallest)

    @property
    def are_big(self) -> bool:
        """Tell whether the words are set in big type."""
        return self._size is not None

    @property
    def rows(self) -> int:
        """Give the rows of cells that the highest words take."""
        return max(map(self.rows_of, self._texts), default=0)

    def rows_of(self, text: str) -> int:
        """Give the rows of cells that words take."""
        if self._size is None:
            return len(wrapped(text, self._width))
        return self._look.raster.rows(letters_height(text, self._size, self._across))

    def write(self, canvas: Canvas, region: Region, text: str, ink: str, ground: str, *, bold: bool = True) -> None:
        """Write words in the middle of a region."""
        if self._size is None:
            lines = wrapped(text, self._width)[: region.height]
            for row, line in enumerate(lines, start=region.y + (region.height - len(lines)) // 2):
                canvas.write_centred(region.x, row, region.width, line, ink, bold=bold)
            return
        across, down = self._look.raster.pixels(self._width, region.height)
        letters = lettered(text, self._size, across, ink, ground, height=down, smooth=self._look.smooth)
        canvas.picture(region.x + (region.width - self._width) // 2, region.y, letters)

    @property
    def _across(self) -> int:
        return self._look.raster.pixels(self._width, 1)[0]


@lru_cache(maxsize=256)
def wrapped(label: str, width: int) -> tuple[str, ...]:
    """Break a label into lines with a little air at both sides, unless a word needs all of the width."""
    longest = max((wcswidth(word) for word in label.split()), default=0)
    return tuple(wrap_evenly(label, max(min(max(width - 2, longest), width), 1)))
