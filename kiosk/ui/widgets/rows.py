"""Where keys lie: rows of places of different widths, each row as wide as the area."""

from __future__ import annotations

from dataclasses import dataclass

from textual.geometry import Region


@dataclass(frozen=True, slots=True)
class Rows:
    """One tuple of weights for each row; a place is as wide as its share of the weights of its row.

    Hit areas leave no dead gap; of each a cell at the right stays unpainted, but for the last of a row. Where rows
    cannot be of one height, the last ones are higher.
    """

    weights: tuple[tuple[int, ...], ...]
    width: int
    height: int

    @property
    def count(self) -> int:
        """Give the number of places."""
        return sum(map(len, self.weights))

    @property
    def rows(self) -> int:
        """Give the number of rows."""
        return len(self.weights)

    def region(self, place: int) -> Region:
        """Give the cells of a place."""
        row, column = self._row_and_column(place)
        left, right = self._edges(row, column)
        lowest, more = divmod(self.height, self.rows)
        top, bottom = (lowest * edge + max(edge - (self.rows - more), 0) for edge in (row, row + 1))
        right = min(right, self.width)
        return Region(left, top, right - left, bottom - top)

    def slot(self, place: int) -> Region:
        """Give what is painted: without the gap at the right."""
        region = self.region(place)
        left, right = self._edges(*self._row_and_column(place))
        return Region(left, region.y, max(right - 1 - left, 0), region.height)

    def place_at(self, x: int, y: int) -> int | None:
        """Tell which place a cell belongs to; None outside the area."""
        return next((place for place in range(self.count) if self.region(place).contains(x, y)), None)

    def _row_and_column(self, place: int) -> tuple[int, int]:
        for row, weights in enumerate(self.weights):
            if place < len(weights):
                return row, place
            place -= len(weights)
        raise IndexError(f"there are only {self.count} places")

    def _edges(self, row: int, column: int) -> tuple[int, int]:
        """Give where a place begins and ends; the last one of a row ends with its gap outside the area."""
        weights = self.weights[row]
        before = sum(weights[:column])
        left, right = ((self.width + 1) * edge // sum(weights) for edge in (before, before + weights[column]))
        return left, right
