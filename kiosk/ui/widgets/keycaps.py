"""How keys look: one letter or one word in a box, and boxes of different widths that stay apart from each other."""

from __future__ import annotations

from functools import cached_property
from string import punctuation

from textual.geometry import Region
from wcwidth import wcswidth

from kiosk.ui.widgets.boxes import BoxPainter
from kiosk.ui.widgets.labels import Labels
from kiosk.ui.widgets.painting import Tile

_ROOM_FOR_AN_OUTLINE = Region(0, 0, 5, 3)
"""The smallest key on which a letter stands free of its outline."""
_EM = 0.45
"""Rows to the em of big letters, for each row of the lowest key."""
_SIDES = 2
"""Cells that an outline takes of a key."""


class KeyPainter(BoxPainter):
    """Draws keys on their rows."""

    def painted(self, place: int) -> Region:
        """Give what is painted of a key: all of its slot, as rows of keys keep their own distance."""
        return self.grid.slot(place)

    def lines(self, tile: Tile) -> tuple[str, ...]:
        """Give the one line of a key; a narrow one has no room for a sign beside its letter."""
        width = self.painted(self.tiles.index(tile)).width
        label = self.label(tile, width)
        return (label if wcswidth(label) <= width else tile.label,)

    @cached_property
    def outlined(self) -> bool:
        """Tell whether every key has room for an outline; else all are filled."""
        boxes = [self.painted(place) for place in range(len(self.tiles))]
        return all(box.contains_region(_ROOM_FOR_AN_OUTLINE.at_offset(box.offset)) for box in boxes)

    def big_for(self, tile: Tile) -> Labels | None:
        """Give the big type of a key: letters are of one size, and so are words; other signs stay as they are."""
        if len(tile.label) > 1:
            return self._words if self._words.are_big else None
        return self._letters if _is_letter(tile) and self._letters.are_big else None

    @cached_property
    def _letters(self) -> Labels:
        letters = [tile.label for tile in self.tiles if _is_letter(tile)]
        return Labels(self.look, letters, self.narrowest - _SIDES, self.lowest - 1, _EM * self.lowest)

    @cached_property
    def _words(self) -> Labels:
        keys = {tile.label: self.grid.slot(place).width for place, tile in enumerate(self.tiles) if len(tile.label) > 1}
        return Labels(
            self.look, list(keys), min(keys.values(), default=0) - 2 * _SIDES, self.lowest - 1, _EM * self.lowest
        )


def _is_letter(tile: Tile) -> bool:
    return len(tile.label) == 1 and (tile.label.isalnum() or tile.label in punctuation)
