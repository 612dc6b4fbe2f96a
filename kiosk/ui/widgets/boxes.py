"""How tiles with words look: boxes, outlined where an outline has room; what is chosen is told by more than colour."""

from __future__ import annotations

from functools import cached_property

from textual.geometry import Region
from wcwidth import wcswidth

from kiosk.ui.canvas import LOWER_HALF
from kiosk.ui.widgets.labels import Labels, wrapped
from kiosk.ui.widgets.painting import CHOSEN, THIN, Painter, Tile

_OUTLINE = 2
"""Cells that an outline takes, across and down."""
_WIDE_ENOUGH_FOR_GAPS = 4
_EM, _SHORT_EM = 0.26, 0.4
"""Rows to the em of big words, for each row of their box; numbers and what has a low box may be larger."""
_SHORT = 2
"""Letters of a number on a scale."""
_LOW = 6
"""Rows of a low box."""
_AIR = 2
"""Cells between big words and the edges of their box, for both sides together."""


class BoxPainter(Painter):
    """Draws boxes with words in their middle."""

    def draw(self, place: int, tile: Tile) -> None:
        """Draw a box."""
        box, (ground, ink) = self.painted(place), self._colours(tile)
        if tile.quiet or tile.main or not self.outlined:
            self._fill(box, ground)
        elif ground == self.look.palette.tile:
            ground = self.look.palette.page
            self.rectangle(box, THIN, self.look.palette.line)
        else:
            self.rectangle(box, THIN, ground)
            self.canvas.fill(*box.shrink((1, 1, 1, 1)), ground)
        if labels := self.big_for(tile):
            self._write_big(box, tile, ink, ground, labels)
        else:
            self._write(box, tile, ink)

    def _fill(self, box: Region, ground: str) -> None:
        """Fill a box; half a row stays free where boxes would touch, or where outlined ones beside it end earlier."""
        self.canvas.fill(*box, ground)
        if ground == self.look.palette.page:
            return
        if self.outlined:
            self.canvas.fill(box.x, box.y, box.width, 1, self.look.palette.page)
            self.canvas.write(box.x, box.y, LOWER_HALF * box.width, ground)
        if self.outlined or self._merges:
            self.canvas.write(box.x, box.bottom - 1, LOWER_HALF * box.width, self.look.palette.page)

    def _write(self, box: Region, tile: Tile, ink: str) -> None:
        lines = self.lines(tile)[: box.height]
        top = box.y + (box.height - len(lines)) // 2
        for row, line in enumerate(lines, start=top):
            self.canvas.write_centred(box.x, row, box.width, line, ink, bold=not tile.quiet)
        if tile.quiet and lines and tile.key in self.chosen:
            left = (box.width - wcswidth(lines[0])) // 2 - 2
            if left >= -1:  # else it would hide a letter, and the ground has to do
                self.canvas.write(box.x + max(left, 0), top, CHOSEN, ink)

    def _write_big(self, box: Region, tile: Tile, ink: str, ground: str, labels: Labels) -> None:
        """Write big words, with the sign before them where it has room, else in a corner."""
        ticked = f"{CHOSEN} {tile.label}"
        if tile.key not in self.chosen:
            labels.write(self.canvas, box, tile.label, ink, ground)
        elif tile.quiet or labels.rows_of(ticked) == labels.rows_of(tile.label):
            labels.write(self.canvas, box, ticked, ink, ground)
        else:
            labels.write(self.canvas, box, tile.label, ink, ground)
            self.canvas.write(box.x + 2, box.y + 1, CHOSEN, ink, bold=True)

    def _colours(self, tile: Tile) -> tuple[str, str]:
        """Give the colours of a box: its ground and its words."""
        palette = self.look.palette
        shows_answer = tile.key in self.chosen and not (self.look.private and not tile.quiet)
        if tile.main or shows_answer:
            return palette.accent, palette.on_accent
        return (palette.page, palette.soft) if tile.quiet else (palette.tile, palette.ink)

    def label(self, tile: Tile, width: int) -> str:
        """Give the words of a tile for a width, and the sign of what is chosen."""
        label = tile.short if tile.short and wcswidth(tile.label) > width else tile.label
        return f"{CHOSEN} {label}" if tile.key in self.chosen and not tile.quiet else label

    def painted(self, place: int) -> Region:
        """Give what is painted of a tile: what is not outlined keeps a cell away from its neighbours."""
        slot, side = self.grid.slot(place), self._side_gap
        return Region(slot.x + side, slot.y, slot.width - 2 * side, min(self._box_height, slot.height))

    def big_for(self, tile: Tile) -> Labels | None:
        """Give the big type that all boxes share."""
        return self._big

    @cached_property
    def _big(self) -> Labels | None:
        """Give big type for all words, where there is room for it."""
        texts = [f"{CHOSEN} {tile.label}" if tile.quiet else tile.label for tile in self.tiles]
        is_short = max(map(len, texts)) <= _SHORT
        em = _SHORT_EM if is_short or self.lowest < _LOW else _EM
        width, height = self._box_width - _OUTLINE - (0 if is_short else _AIR), self.lowest - _OUTLINE
        labels = Labels(self.look, texts, width, height, em * self.lowest)
        return labels if labels.are_big else None

    @cached_property
    def outlined(self) -> bool:
        """Tell whether an outline has room around the words of every box; else all boxes are filled."""
        lines = [wrapped(self.label(tile, self.narrowest), self.narrowest) for tile in self.tiles]
        widest = max(wcswidth(line) for words in lines for line in words)
        return self.lowest >= max(map(len, lines)) + _OUTLINE and widest <= self.narrowest - _OUTLINE

    @cached_property
    def _side_gap(self) -> int:
        """Give the cells that stay free at each side of a box; an outline leaves half a cell free by itself."""
        is_quiet = all(tile.quiet for tile in self.tiles)
        return 0 if self.outlined or is_quiet or self.narrowest <= _WIDE_ENOUGH_FOR_GAPS else 1

    @cached_property
    def _box_width(self) -> int:
        """Give the columns of the narrowest box."""
        return self.narrowest - 2 * self._side_gap

    @cached_property
    def _most_lines(self) -> int:
        return max(len(self.lines(tile)) for tile in self.tiles)

    @cached_property
    def _box_height(self) -> int:
        """Give the rows of a box: the same for all, with as much room above the words as below them."""
        spare = self.lowest - self._most_lines
        is_uneven = spare % 2 and spare > _OUTLINE and self._big is None
        return self.lowest - 1 if is_uneven else self.lowest

    @property
    def _merges(self) -> bool:
        """Tell whether a box needs half a row to stay apart from the one below it."""
        return not self.outlined and self.grid.rows > 1 and self._box_height > self._most_lines

    def lines(self, tile: Tile) -> tuple[str, ...]:
        """Break the words of a tile into lines."""
        return wrapped(self.label(tile, self._box_width), self._box_width)
