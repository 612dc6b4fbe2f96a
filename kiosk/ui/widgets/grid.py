"""Where tiles lie: a grid whose hit areas leave no dead gap between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from textual.geometry import Region
from wcwidth import wcswidth

from kiosk.ui.canvas import wrap

_WIDE = 4.0
"""Cells across to a row down, for a tile with words."""

_FACE_WORDS = 3
"""Rows that the words below a face take."""

_UNEVEN = 3.0
"""Weight of a last row with fewer and so larger tiles: a larger answer is tapped more often."""

_FLAT = 100
_LOWEST = 3
"""Rows that a finger needs at the least."""

_PADDING = 3
"""Cells of a tile that words had better not use."""

_UNFIT = 1_000


class Arrangement(Protocol):
    """How tiles lie on an area, whatever their rows are like."""

    @property
    def count(self) -> int:
        """Give the number of places."""

    @property
    def rows(self) -> int:
        """Give the number of rows."""

    def region(self, place: int) -> Region:
        """Give the cells that a finger may hit for a place."""

    def place_at(self, x: int, y: int) -> int | None:
        """Tell which place a cell belongs to; None outside the area."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`count` places in `columns` columns on an area of `width` x `height` cells."""

    count: int
    columns: int
    width: int
    height: int

    @property
    def rows(self) -> int:
        """Give the number of rows."""
        return -(-self.count // self.columns)

    def region(self, place: int) -> Region:
        """Give the cells of a place; a last row with fewer places is spread over the whole width."""
        row, column = divmod(place, self.columns)
        in_row = min(self.columns, self.count - row * self.columns)
        left, right = (self.width * edge // in_row for edge in (column, column + 1))
        top, bottom = (self.height * edge // self.rows for edge in (row, row + 1))
        return Region(left, top, right - left, bottom - top)

    def place_at(self, x: int, y: int) -> int | None:
        """Tell which place a cell belongs to; None outside the area."""
        return next((place for place in range(self.count) if self.region(place).contains(x, y)), None)


def in_one_row(count: int, width: int, narrowest: int) -> int:
    """Choose columns for a scale: one row, or two or more where a step would be narrower than `narrowest` cells."""
    rows = 1
    while rows < count and width // -(-count // rows) < narrowest:
        rows += 1
    return -(-count // rows)


def faces_in_row_or_column(count: int, width: int, height: int) -> int:
    """Choose columns for faces: one row, or one column where that makes them half as large again."""
    in_row = min(width // count, 2 * (height - _FACE_WORDS))
    in_column = min(width, 2 * (height // count - _FACE_WORDS))
    return 1 if in_column >= in_row * 1.5 else count


def row_or_column(labels: Sequence[str], width: int) -> int:
    """Choose columns for a scale of words: one row where the words fit, else one column, so that its order is plain."""
    return len(labels) if _lines_needed(labels, width // len(labels) - _PADDING) < _UNFIT else 1


def one_line_each(labels: Sequence[str], width: int) -> int:
    """Choose columns for actions: one row where each label fits in a line, else one column."""
    return len(labels) if _lines_needed(labels, width // len(labels) - _PADDING) == 1 else 1


def for_labels(labels: Sequence[str], width: int, height: int) -> int:
    """Choose columns for tiles with words: none is cut, rows are full where they can be, and tiles lie rather wide."""
    return min(range(1, len(labels) + 1), key=lambda columns: _unfitness(labels, columns, width, height))


def _unfitness(labels: Sequence[str], columns: int, width: int, height: int) -> float:
    rows = -(-len(labels) // columns)
    tile_width, tile_height = max(width // columns, 1), max(height // rows, 1)
    cut = _UNFIT * (_lines_needed(labels, tile_width - _PADDING) > tile_height)
    flat = _FLAT * (tile_height < _LOWEST)
    missing = rows * columns - len(labels)
    uneven = _UNEVEN * (1 + missing / columns) if missing else 0
    return cut + flat + uneven + abs(math.log(tile_width / tile_height / _WIDE))


def _lines_needed(labels: Sequence[str], width: int) -> int:
    if width < max(wcswidth(word) for label in labels for word in label.split() or [""]):
        return _UNFIT
    return max(len(wrap(label, width)) for label in labels)
