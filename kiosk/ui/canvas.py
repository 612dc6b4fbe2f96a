"""A grid of cells to draw on: fills, text and half-block pictures, handed to Textual as strips."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from wcwidth import iter_graphemes, wcswidth

from kiosk.ui.theme import Rgb, rgb, rich_color

LOWER_HALF = "▄"
"""The one block that pictures are made of: many fonts leave a gap above the upper half block, few below this one."""


@lru_cache(maxsize=8192)
def _style(ink: Rgb | None, ground: Rgb, bold: bool) -> Style:
    return Style(color=rich_color(ink) if ink else None, bgcolor=rich_color(ground), bold=bold)


class Canvas:
    """`width` x `height` cells of one colour, drawn over from back to front; drawing outside is ignored."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        """Start with an empty ground."""
        self.width, self.height = width, height
        self._ground = [[rgb(ground)] * width for _ in range(height)]
        self._ink: list[list[Rgb | None]] = [[None] * width for _ in range(height)]
        self._bold = [[False] * width for _ in range(height)]
        self._text = [[" "] * width for _ in range(height)]

    def fill(self, x: int, y: int, width: int, height: int, colour: str) -> None:
        """Paint a rectangle."""
        ground = rgb(colour)
        for row in range(max(y, 0), min(y + height, self.height)):
            for column in range(max(x, 0), min(x + width, self.width)):
                self._put(column, row, " ", None, ground)

    def write(self, x: int, y: int, text: str, colour: str, *, bold: bool = False) -> None:
        """Write one line on whatever ground is there; wide characters take two cells, what does not fit is left out."""
        if not 0 <= y < self.height:
            return
        ink = rgb(colour)
        for cluster in iter_graphemes(text):
            width = max(wcswidth(cluster), 0)
            if x < 0 or width == 0:
                continue
            if x + width > self.width:
                return
            self._split(x, y, width)
            self._put(x, y, cluster, ink, self._ground[y][x], bold)
            for covered in range(x + 1, x + width):
                self._text[y][covered] = ""
            x += width

    def write_centred(self, x: int, y: int, width: int, text: str, colour: str, *, bold: bool = False) -> None:
        """Write one line in the middle of a span."""
        self.write(x + (width - max(wcswidth(text), 0)) // 2, y, text, colour, bold=bold)

    def picture(self, x: int, y: int, pixels: Sequence[Sequence[Rgb | None]]) -> None:
        """Draw pixels, two above each other in a cell; None lets the ground through."""
        for row in range(0, len(pixels), 2):
            upper_row = pixels[row]
            lower_row = pixels[row + 1] if row + 1 < len(pixels) else [None] * len(upper_row)
            for column, (upper, lower) in enumerate(zip(upper_row, lower_row, strict=True)):
                if 0 <= x + column < self.width and 0 <= y + row // 2 < self.height:
                    self._half_blocks(x + column, y + row // 2, upper, lower)

    def strip(self, y: int) -> Strip:
        """Give one row for the screen, neighbours of one look joined."""
        segments: list[Segment] = []
        text, look = "", None
        for column in range(self.width):
            this = (self._ink[y][column], self._ground[y][column], self._bold[y][column])
            if look is not None and this != look:
                segments.append(Segment(text, _style(*look)))
                text = ""
            look = this
            text += self._text[y][column]
        if look is not None:
            segments.append(Segment(text, _style(*look)))
        return Strip(segments, self.width)

    def _half_blocks(self, column: int, row: int, upper: Rgb | None, lower: Rgb | None) -> None:
        ground = self._ground[row][column]
        if upper is None and lower is None:
            return
        upper, lower = upper or ground, lower or ground
        if upper == lower:
            self._put(column, row, " ", None, upper)
        else:
            self._put(column, row, LOWER_HALF, lower, upper)

    def _split(self, x: int, y: int, width: int) -> None:
        """Blank the other halves of wide characters that are about to be written over."""
        row = self._text[y]
        if row[x] == "" and x > 0:
            row[x - 1] = " "
        if x + width < self.width and row[x + width] == "":
            row[x + width] = " "

    def _put(self, column: int, row: int, text: str, ink: Rgb | None, ground: Rgb, bold: bool = False) -> None:
        self._text[row][column] = text
        self._ink[row][column] = ink
        self._ground[row][column] = ground
        self._bold[row][column] = bold


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells, between words; a longer word is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, width):
            longer = f"{line} {piece}" if line else piece
            if line and wcswidth(longer) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line else lines


def wrap_evenly(text: str, width: int) -> list[str]:
    """Break a text into as few lines as `wrap` does, but of lengths as equal as they can be."""
    fewest = len(wrap(text, width))
    narrowest = next(
        (w for w in range(max(width // 3, 1), width) if len(wrap(text, w)) == fewest and _whole(text, w)), width
    )
    return wrap(text, narrowest)


def _whole(text: str, width: int) -> bool:
    return all(wcswidth(word) <= width for word in text.split())


def _pieces(word: str, width: int) -> list[str]:
    pieces, piece = [], ""
    for cluster in iter_graphemes(word):
        if piece and wcswidth(piece + cluster) > width:
            pieces.append(piece)
            piece = ""
        piece += cluster
    return [*pieces, piece] if piece else pieces
