"""How keys look: one letter or one word in a box, and boxes of different widths that stay apart from each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from textual.geometry import Region
from wcwidth import wcswidth

from kiosk.ui.canvas import LOWER_HALF, Canvas
from kiosk.ui.look import Look
from kiosk.ui.widgets.painting import Painter, Tile
from kiosk.ui.widgets.rows import Rows

_ROOM_FOR_AN_OUTLINE = Region(0, 0, 5, 3)
"""The smallest key on which a letter stands free of its outline."""


def paint_keys(
    canvas: Canvas, look: Look, keys: Sequence[Tile], rows: Rows, chosen: Collection[str], marked: int | None
) -> None:
    """Draw keys on their rows; those in `chosen` stand out, the one at place `marked` is framed for the keyboard."""
    _KeyPainter(look, canvas, keys, rows, chosen, rows).paint(marked)


@dataclass(frozen=True)
class _KeyPainter(Painter):
    keys: Rows

    def box(self, place: int, tile: Tile) -> None:
        """Draw a key; where no outline parts it from the key below, half a row does."""
        super().box(place, tile)
        box = self.painted(place)
        if not self.outlined and box.height > 1 and box.bottom < self.canvas.height:
            self.canvas.write(box.x, box.bottom - 1, LOWER_HALF * box.width, self.look.palette.page)

    def painted(self, place: int) -> Region:
        """Give what is painted of a key."""
        return self.keys.box(place)

    def framed(self, place: int) -> Region:
        """Let the frame lie on the key itself, so that it is plain whose it is."""
        return self.keys.box(place)

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
