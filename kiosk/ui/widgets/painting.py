"""How tiles look: faces above words, or boxes with words; what is chosen is told by more than colour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from textual.geometry import Region
from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap_evenly
from kiosk.ui.faces import face
from kiosk.ui.look import Look
from kiosk.ui.widgets.grid import Arrangement

_ROOM_FOR_A_FRAME = 3
_ROOM_FOR_AN_OUTLINE = 2
_WIDE_ENOUGH_FOR_GAPS = 4
_CHOSEN = "✓"
_THIN, _THICK = "╭╮╰╯─│", "┏┓┗┛━┃"


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing to tap."""

    key: str
    """What is posted when it is tapped."""
    label: str
    short: str = ""
    """What to say where the label is too wide."""
    shortcut: str = ""
    """The key of a keyboard or number pad that taps it."""
    mood: float | None = None
    """Drawn as a face of this mood, 0 worst to 1 best."""
    spoken: str = ""
    """What a voice says where the label alone would not do."""
    eyes_shut: bool = False
    """A face with its eyes shut."""
    main: bool = False
    """The one action that stands out."""
    quiet: bool = False
    """Drawn without a box."""


def paint(
    canvas: Canvas, look: Look, tiles: Sequence[Tile], grid: Arrangement, chosen: Collection[str], marked: int | None
) -> None:
    """Draw tiles on their grid; those in `chosen` stand out, the one at place `marked` is framed for the keyboard."""
    Painter(look, canvas, tiles, grid, chosen).paint(marked)


@dataclass(frozen=True)
class Painter:
    """Draws tiles on a canvas."""

    look: Look
    canvas: Canvas
    tiles: Sequence[Tile]
    grid: Arrangement
    chosen: Collection[str]

    def paint(self, marked: int | None) -> None:
        """Draw them all, and the mark of the keyboard."""
        for place, tile in enumerate(self.tiles):
            if tile.mood is None:
                self.box(place, tile)
            else:
                self.face(self.grid.region(place), tile, tile.mood)
            if place == marked:
                self.frame(self.framed(place))

    def face(self, region: Region, tile: Tile, mood: float) -> None:
        """Draw a face above its words; all faces of a grid are of one size, and those of a row on one level."""
        palette, raster, size, words = self.look.palette, self.look.raster, self._face_size, self._label_lines
        top = region.y + max((region.height - size // 2 - words - 1) // 2, 0)
        is_chosen = tile.key in self.chosen
        faded = bool(self.chosen) and not is_chosen and not self.look.private
        picture = face(
            mood,
            *raster.pixels(size, size // 2),
            palette,
            faded=faded,
            eyes_shut=tile.eyes_shut and not self.chosen,
            smooth=self.look.smooth,
        )
        self.canvas.picture(region.x + (region.width - size) // 2, top, picture)
        ink = palette.soft if faded else palette.ink
        if is_chosen:
            self.canvas.write_centred(region.x, top + size // 2, region.width, _CHOSEN, ink, bold=True)
        for row, line in enumerate(_wrapped(tile.label, self._narrowest), start=top + size // 2 + 1):
            self.canvas.write_centred(region.x, row, region.width, line, ink, bold=not faded)

    def box(self, place: int, tile: Tile) -> None:
        """Draw a box with words in its middle."""
        box = self.painted(place)
        ground, ink = self._colours(tile)
        if ground == self.look.palette.tile and self.outlined:
            self._rectangle(box, _THIN, self.look.palette.line)
        else:
            self.canvas.fill(*box, ground)
        lines = self.lines(tile)[: box.height]
        for row, line in enumerate(lines, start=box.y + (box.height - len(lines)) // 2):
            self.canvas.write_centred(box.x, row, box.width, line, ink, bold=not tile.quiet)
        if tile.quiet and tile.key in self.chosen:
            left = max((box.width - wcswidth(lines[0])) // 2 - 2, 0) if lines else 0
            self.canvas.write(box.x + left, box.y + (box.height - len(lines)) // 2, _CHOSEN, ink)

    def framed(self, place: int) -> Region:
        """Give the cells that a frame goes round."""
        return self.grid.region(place)

    def frame(self, region: Region) -> None:
        """Frame a tile so that no colour is needed to see where the keyboard is."""
        ink = self.look.palette.ink
        if region.height <= _ROOM_FOR_A_FRAME:  # a whole frame would hide words
            middle = region.y + (region.height - 1) // 2
            self.canvas.write(region.x, middle, "▶", ink, bold=True)
            self.canvas.write(region.right - 1, middle, "◀", ink, bold=True)
        else:
            self._rectangle(region, _THICK, ink, bold=True)

    def _rectangle(self, region: Region, signs: str, colour: str, *, bold: bool = False) -> None:
        """Draw along the edges of a region: `signs` are its corners from the upper left on, across and down."""
        upper_left, upper_right, lower_left, lower_right, across, down = tuple(signs)
        edge = across * max(region.width - 2, 0)
        self.canvas.write(region.x, region.y, upper_left + edge + upper_right, colour, bold=bold)
        self.canvas.write(region.x, region.bottom - 1, lower_left + edge + lower_right, colour, bold=bold)
        for row in range(region.y + 1, region.bottom - 1):
            self.canvas.write(region.x, row, down, colour, bold=bold)
            self.canvas.write(region.right - 1, row, down, colour, bold=bold)

    @cached_property
    def _face_size(self) -> int:
        """Give the columns of a face, an even number: as many as the narrowest tile has room for."""
        spare = 2 if self.grid.rows > 1 else 1
        room = min(self._narrowest - 2, 2 * (self._lowest - self._label_lines - spare))
        return max(room // 2 * 2, 2)

    @cached_property
    def _label_lines(self) -> int:
        return max(len(_wrapped(tile.label, self._narrowest)) for tile in self.tiles)

    @cached_property
    def _narrowest(self) -> int:
        return min(self.grid.region(place).width for place in range(len(self.tiles)))

    @cached_property
    def _lowest(self) -> int:
        return min(self.grid.region(place).height for place in range(len(self.tiles)))

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
        return f"{_CHOSEN} {label}" if tile.key in self.chosen and not tile.quiet else label

    def painted(self, place: int) -> Region:
        """Give what is painted of a tile: a cell less at the sides, and a row less where that centres the words."""
        region, side = self.grid.region(place), self._side_gap
        return Region(region.x + side, region.y, region.width - 2 * side, min(self._box_height, region.height))

    @cached_property
    def _side_gap(self) -> int:
        return 1 if self._narrowest > _WIDE_ENOUGH_FOR_GAPS else 0

    @cached_property
    def _box_width(self) -> int:
        """Give the columns of the narrowest box."""
        return self._narrowest - 2 * self._side_gap

    @cached_property
    def _most_lines(self) -> int:
        return max(len(self.lines(tile)) for tile in self.tiles)

    @cached_property
    def _box_height(self) -> int:
        """Give the rows of a box: the same for all, with as much room above the words as below them."""
        height = self._lowest
        spare = height - self._most_lines
        merges = self.grid.rows > 1 and 0 < spare < _ROOM_FOR_AN_OUTLINE
        return height - 1 if merges or (spare % 2 and spare > _ROOM_FOR_AN_OUTLINE) else height

    @cached_property
    def outlined(self) -> bool:
        """Tell whether an outline has room around the words of every box; else all boxes are filled."""
        words = [line for tile in self.tiles for line in self.lines(tile)]
        return (
            self._box_height >= self._most_lines + _ROOM_FOR_AN_OUTLINE
            and max(map(wcswidth, words)) <= self._box_width - 2
        )

    def lines(self, tile: Tile) -> tuple[str, ...]:
        """Break the words of a tile into lines."""
        return _wrapped(self.label(tile, self._box_width), self._box_width)


@lru_cache(maxsize=256)
def _wrapped(label: str, width: int) -> tuple[str, ...]:
    """Break a label into lines with a little air at both sides, unless a word needs all of the width."""
    longest = max((wcswidth(word) for word in label.split()), default=0)
    return tuple(wrap_evenly(label, max(min(max(width - 2, longest), width), 1)))
