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

_FEW = 3
"""Faces that two rows would only make look uneven."""
_WORTH_A_BREAK = 1.4
"""How much larger faces have to become for a scale to be broken into rows: its order is plainest in one."""

_CELL_SHAPE = 2
"""Height of a cell in widths."""
_PILLAR, _UPRIGHT = 4.0, 2.5
"""How high a step may be, for its width, in one row and in several."""

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

    def slot(self, place: int) -> Region:
        """Give the cells within these that may be drawn on."""

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

    def slot(self, place: int) -> Region:
        """Give the cells to draw a place on: of one size for all; a last row with fewer places stands in the middle."""
        row, column = divmod(place, self.columns)
        width, height = self.width // self.columns, self.height // self.rows
        left, top = (self.width - width * self._in_row(row)) // 2, (self.height - height * self.rows) // 2
        return Region(left + column * width, top + row * height, width, height)

    def region(self, place: int) -> Region:
        """Give the cells of a place: its slot, and at the edges whatever is left of the area."""
        row, column = divmod(place, self.columns)
        slot = self.slot(place)
        left = 0 if column == 0 else slot.x
        right = self.width if column == self._in_row(row) - 1 else slot.right
        top = 0 if row == 0 else slot.y
        bottom = self.height if row == self.rows - 1 else slot.bottom
        return Region(left, top, right - left, bottom - top)

    def _in_row(self, row: int) -> int:
        return min(self.columns, self.count - row * self.columns)

    def place_at(self, x: int, y: int) -> int | None:
        """Tell which place a cell belongs to; None outside the area."""
        return next((place for place in range(self.count) if self.region(place).contains(x, y)), None)


def for_steps(count: int, width: int, height: int, narrowest: int) -> int:
    """Choose columns for a scale of numbers: one row, or more where steps would be narrower than `narrowest` cells.

    Steps that stand upright like pillars are broken into more rows as well.
    """
    for rows in range(1, count):
        columns = -(-count // rows)
        across, down = width // columns, height // rows * _CELL_SHAPE
        if across >= narrowest and down <= across * (_PILLAR if rows == 1 else _UPRIGHT):
            return columns
    return 1


def for_faces(count: int, width: int, height: int) -> int:
    """Choose columns for faces: one row, or two rows or one column where that makes them much larger."""
    halves = -(-count // 2) if count > _FEW else count
    sizes = {columns: _face_size(count, columns, width, height) for columns in (count, halves, 1)}
    largest = max(sizes, key=lambda columns: sizes[columns])
    return largest if sizes[largest] >= sizes[count] * _WORTH_A_BREAK else count


def _face_size(count: int, columns: int, width: int, height: int) -> int:
    rows = -(-count // columns)
    return min(width // columns, 2 * (height // rows - _FACE_WORDS))


def row_or_column(labels: Sequence[str], width: int, height: int) -> int:
    """Choose columns for a scale of words: one row where the words fit, else one column, so that its order is plain."""
    across = width // len(labels)
    fits = _lines_needed(labels, across - _PADDING) < _UNFIT
    return len(labels) if fits and height * _CELL_SHAPE <= across * _PILLAR else 1


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
