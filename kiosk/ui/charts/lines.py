"""Words in a chart: in the terminal's own type, and in larger letters on a large screen that draws in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable

from wcwidth import wcswidth

from kiosk.typeface import can_set, typeface
from kiosk.ui import canvas as cells
from kiosk.ui.canvas import Canvas
from kiosk.ui.lettering import Side, lettered, smallest_on
from kiosk.ui.look import Look

_GROWN = 0.0125
"""Rows to a line for each column of a chart."""
_FEWEST = 16
"""Lines that most charts have to have room for, whatever their width."""
_PITCH = 1.16
"""Line to line, in ems."""


class Lines:
    """Measures, breaks and writes words that are all of one size."""

    def __init__(self, look: Look, canvas: Canvas, fewest: int = _FEWEST) -> None:
        """Choose the size of letters that suits a canvas and leaves room for the fewest lines that it has to have."""
        rows = max(min(round(canvas.width * _GROWN), canvas.height // fewest), 1)
        size = int(look.raster.pixels(1, rows)[1] / _PITCH)
        self._look, self._canvas = look, canvas
        self._size = size if look.raster.cell and size >= smallest_on(look.raster) else None
        self.height = rows if self._size else 1
        """Rows that a line takes."""

    def width(self, text: str) -> int:
        """Give the cells that a text takes in one line."""
        if (size := self._size_for(text)) is None:
            return max(wcswidth(text), 0)
        return math.ceil(typeface(size).getlength(text) / self._look.raster.pixels(1, 1)[0])

    def widest(self, texts: Iterable[str]) -> int:
        """Give the cells that the widest text takes."""
        return max(map(self.width, texts), default=0)

    def wrap(self, text: str, width: int) -> list[str]:
        """Break a text into lines of at most `width` cells."""
        if self._size_for(text) is None:
            return cells.wrap(text, max(width, 1))
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def fitted(self, text: str, width: int) -> str:
        """Give a text in one line of at most `width` cells; what is cut off is told by an ellipsis."""
        if self.width(text) <= width:
            return text
        line = (cells.wrap(text, width - 1) or [""])[0] if width > 1 else ""
        while line and self.width(f"{line}…") > width:
            line = line[:-1]
        return f"{line.rstrip()}…" if line else ""

    def write(
        self,
        x: int,
        y: int,
        width: int,
        text: str,
        colour: str,
        *,
        bold: bool = False,
        side: Side = "left",
        ground: str = "",
    ) -> int:
        """Write one line on `width` cells, cut if need be, on the page or another ground; give the first row below."""
        text = self.fitted(text, width)
        size, look = self._size_for(text), self._look
        if size and text:
            across, down = look.raster.pixels(width, self.height)
            page = ground or look.palette.page
            letters = lettered(text, size, across, colour, page, height=down, side=side, smooth=look.smooth)
            self._canvas.picture(x, y, letters)
        else:
            spare = width - max(wcswidth(text), 0)
            left = x + {"left": 0, "middle": spare // 2, "right": spare}[side]
            self._canvas.write(left, y + (self.height - 1) // 2, text, colour, bold=bold)
        return y + self.height

    def paragraph(self, x: int, y: int, width: int, text: str, colour: str) -> int:
        """Write a text in as many lines as it needs, whole or not at all; give the first row below."""
        lines = self.wrap(text, width)
        if y + len(lines) * self.height > self._canvas.height:
            return y
        for line in lines:
            y = self.write(x, y, width, line, colour)
        return y

    def _size_for(self, text: str) -> int | None:
        return self._size if can_set(text) else None
