"""How faces look as tiles: each above its words."""

from __future__ import annotations

from functools import cached_property

from textual.geometry import Region

from kiosk.ui.faces import face
from kiosk.ui.widgets.labels import Labels, wrapped
from kiosk.ui.widgets.painting import CHOSEN, Painter, Tile

_EM = 0.24
"""Rows to the em of the words, for each row that a face is high: the words belong to the face, not it to them."""
_SPARE = 2
"""Rows that stay free of face and words: one above, where the mark of the keyboard runs, and one between."""
_BIG_WORDS = 2
"""Rows that big words need at the least."""
_NARROW = 16
"""Cells of a tile below which its face takes what two circles leave between them by themselves."""


class SmileyPainter(Painter):
    """Draws faces of one size, those of a row on one level."""

    def draw(self, place: int, tile: Tile) -> None:
        """Draw a face above its words, which begin with the sign of what is chosen."""
        slot, rows = self.grid.slot(place), self._size // 2
        top = slot.y + max((slot.height - rows - 1 - self._labels.rows + 1) // 2, 0)
        is_chosen = tile.key in self.chosen
        faded = bool(self.chosen) and not is_chosen and not self.look.private and self.look.palette.is_soft
        self._draw_face(slot.x + (slot.width - self._size) // 2, top, tile, faded=faded)
        ink = self.look.palette.soft if faded else self.look.palette.ink
        label = f"{CHOSEN} {tile.label}" if is_chosen else tile.label
        words = Region(slot.x, top + rows + 1, slot.width, self._labels.rows_of(label))
        self._labels.write(self.canvas, words, label, ink, self.look.palette.page, bold=not faded)

    def big_for(self, tile: Tile) -> Labels | None:
        """Give the big type of the words below the faces."""
        return self._labels if self._labels.are_big else None

    def _draw_face(self, left: int, top: int, tile: Tile, *, faded: bool) -> None:
        picture = face(
            tile.mood or 0.0,
            *self.look.raster.pixels(self._size, self._size // 2),
            self.look.palette,
            faded=faded,
            eyes_shut=tile.eyes_shut and not self.chosen,
            smooth=self.look.smooth,
        )
        self.canvas.picture(left, top, picture)

    @cached_property
    def _size(self) -> int:
        """Give the columns of a face, an even number: as many as the narrowest tile has room for."""
        words = max(len(wrapped(text, self.narrowest)) for text in self._texts)
        if self.look.raster.cell:
            words = max(words, _BIG_WORDS)
        air = 1 if self.narrowest < _NARROW else 2
        room = min(self.narrowest - air, 2 * (self.lowest - words - _SPARE))
        return max(room // 2 * 2, 2)

    @cached_property
    def _labels(self) -> Labels:
        rows = self._size // 2
        return Labels(self.look, self._texts, self.narrowest, self.lowest - rows - _SPARE, _EM * rows)

    @cached_property
    def _texts(self) -> list[str]:
        """Give the words of all tiles as long as they can become."""
        return [f"{CHOSEN} {tile.label}" for tile in self.tiles]
