"""A grid of cells to draw on: fills, text and pictures, handed to Textual as strips."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from wcwidth import iter_graphemes, wcswidth

from kiosk.scripts import steady
from kiosk.ui.picture import Picture, Raster
from kiosk.ui.sixel import Piece, sixels
from kiosk.ui.theme import Rgb, rgb, rich_color

LOWER_HALF = "▄"
"""The one block that pictures are made of: many fonts leave a gap above the upper half block, few below this one."""


Paint = tuple[Rgb | None, Rgb, bool]
"""Ink, ground, and whether the text is bold."""


@lru_cache(maxsize=8192)
def _style(paint: Paint) -> Style:
    ink, ground, bold = paint
    return Style(color=rich_color(ink) if ink else None, bgcolor=rich_color(ground), bold=bold)


class Canvas:
    """`width` x `height` cells of one colour, drawn over from back to front; drawing outside is ignored."""

    def __init__(
        self, width: int, height: int, ground: str, raster: Raster | None = None, *, has_bold: bool = True
    ) -> None:
        """Start with an empty ground; `raster` says how finely the terminal draws, in half blocks by default.

        Without `has_bold` nothing is bold: terminals of 16 colours show bold black as grey.
        """
        self.width, self.height = width, height
        self._has_bold = has_bold
        self._raster = raster or Raster()
        self.sixels: list[Piece] = []
        """What lies on the cells where the terminal draws in pixels."""
        empty: Paint = (None, rgb(ground), False)
        self._paints: list[list[Paint]] = [[empty] * width for _ in range(height)]
        self._texts = [[" "] * width for _ in range(height)]

    def fill(self, x: int, y: int, width: int, height: int, colour: str) -> None:
        """Paint a rectangle."""
        left, right = max(x, 0), min(x + width, self.width)
        if right <= left:
            return
        for row in range(max(y, 0), min(y + height, self.height)):
            self._paints[row][left:right] = [(None, rgb(colour), False)] * (right - left)
            self._texts[row][left:right] = [" "] * (right - left)

    def write(self, x: int, y: int, text: str, colour: str, *, bold: bool = False) -> None:
        """Write one line on whatever ground is there; wide characters take two cells, what does not fit is left out."""
        if not 0 <= y < self.height:
            return
        ink, paints, texts = rgb(colour), self._paints[y], self._texts[y]
        for cluster in iter_graphemes(steady(text)):
            width = max(wcswidth(cluster), 0)
            if width == 0:
                continue
            if x + width > self.width:
                return
            if x >= 0:
                self._split(x, y, width)
                paints[x : x + width] = [(ink, paints[x][1], bold and self._has_bold)] * width
                texts[x : x + width] = [cluster, *[""] * (width - 1)]
            x += width

    def write_centred(self, x: int, y: int, width: int, text: str, colour: str, *, bold: bool = False) -> None:
        """Write one line in the middle of a span."""
        self.write(x + (width - max(wcswidth(text), 0)) // 2, y, text, colour, bold=bold)

    def picture(self, x: int, y: int, picture: Picture) -> None:
        """Draw a picture with its upper left corner in a cell: in pixels if the terminal can, else in half blocks."""
        if self._raster.cell is None:
            for row in range(max(-y, 0), min(-(-picture.height // 2), self.height - y)):
                self._half_blocks(x, y + row, picture.row(2 * row), picture.row(2 * row + 1))
        elif x >= 0 and x + picture.width // self._raster.cell[0] <= self.width:
            pieces = [
                Piece(x + piece.column, y + piece.row, piece.sequence) for piece in sixels(picture, self._raster.cell)
            ]
            self.sixels += [piece for piece in pieces if 0 <= piece.row < self.height]

    def changes(self, before: Canvas) -> list[Region]:
        """Give the cells that are otherwise than on a canvas of the same size: of each row, from first to last."""
        spans = []
        for y in range(self.height):
            here = zip(self._paints[y], self._texts[y], strict=True)
            there = zip(before._paints[y], before._texts[y], strict=True)
            if changed := [x for x, (new, old) in enumerate(zip(here, there, strict=True)) if new != old]:
                spans.append(Region(changed[0], y, changed[-1] + 1 - changed[0], 1))
        return spans

    def strip(self, y: int) -> Strip:
        """Give one row for the screen, neighbours of one paint joined."""
        cells = groupby(zip(self._paints[y], self._texts[y], strict=True), itemgetter(0))
        segments = [Segment("".join([text for _, text in run]), _style(paint)) for paint, run in cells]
        return Strip(segments, self.width)

    def _half_blocks(self, x: int, y: int, upper_row: Sequence[Rgb | None], lower_row: Sequence[Rgb | None]) -> None:
        paints, texts = self._paints[y], self._texts[y]
        for column, (upper, lower) in enumerate(zip(upper_row, lower_row, strict=True), start=x):
            if (upper is None and lower is None) or not 0 <= column < self.width:
                continue
            ground = paints[column][1]
            upper, lower = upper or ground, lower or ground
            paints[column] = (None, upper, False) if upper == lower else (lower, upper, False)
            texts[column] = " " if upper == lower else LOWER_HALF

    def _split(self, x: int, y: int, width: int) -> None:
        """Blank the other halves of wide characters that are about to be written over."""
        row = self._texts[y]
        if row[x] == "" and x > 0:
            row[x - 1] = " "
        if x + width < self.width and row[x + width] == "":
            row[x + width] = " "


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
