"""What a tile is, and what all tiles look like: the mark of the keyboard, and lines around a region."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from textual.geometry import Region, Size

from kiosk.ui.canvas import Canvas
from kiosk.ui.look import Look
from kiosk.ui.widgets.grid import Arrangement
from kiosk.ui.widgets.labels import Labels

CHOSEN = "✓"
"""The sign of what is chosen, for which no colour is needed."""
THIN = "╭╮╰╯─│"
_THICK, _THICKEST = "┏┓┗┛━┃", "██████"
_ROOM_FOR_A_FRAME = 3
_LARGE = Size(24, 9)
"""Cells of a tile from which on its frame is a whole cell thick: such screens are seen from farther away."""


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


@dataclass(frozen=True)
class Painter(ABC):
    """Draws tiles on a canvas; those in `chosen` stand out."""

    look: Look
    canvas: Canvas
    tiles: Sequence[Tile]
    grid: Arrangement
    chosen: Collection[str]

    def paint(self, marked: int | None) -> None:
        """Draw them all, and frame the one at place `marked` for the keyboard."""
        for place, tile in enumerate(self.tiles):
            self.draw(place, tile)
            if place == marked:
                self.frame(self.framed(place))

    @abstractmethod
    def draw(self, place: int, tile: Tile) -> None:
        """Draw one tile."""

    @abstractmethod
    def big_for(self, tile: Tile) -> Labels | None:
        """Give the big type of a tile's words; None where they are written in the terminal's own."""

    def framed(self, place: int) -> Region:
        """Give the cells that a frame goes round."""
        return self.grid.slot(place)

    def frame(self, region: Region) -> None:
        """Frame a tile so that no colour is needed to see where the keyboard is."""
        ink = self.look.palette.ink
        if region.height <= _ROOM_FOR_A_FRAME:  # a whole frame would hide words
            middle = region.y + (region.height - 1) // 2
            self.canvas.write(region.x, middle, "▶", ink, bold=True)
            self.canvas.write(region.right - 1, middle, "◀", ink, bold=True)
        else:
            is_large = region.width >= _LARGE.width and region.height >= _LARGE.height
            self.rectangle(region, _THICKEST if is_large else _THICK, ink, bold=True)

    def rectangle(self, region: Region, signs: str, colour: str, *, bold: bool = False) -> None:
        """Draw along the edges of a region: `signs` are its corners from the upper left on, across and down."""
        upper_left, upper_right, lower_left, lower_right, across, down = tuple(signs)
        edge = across * max(region.width - 2, 0)
        self.canvas.write(region.x, region.y, upper_left + edge + upper_right, colour, bold=bold)
        self.canvas.write(region.x, region.bottom - 1, lower_left + edge + lower_right, colour, bold=bold)
        for row in range(region.y + 1, region.bottom - 1):
            self.canvas.write(region.x, row, down, colour, bold=bold)
            self.canvas.write(region.right - 1, row, down, colour, bold=bold)

    @cached_property
    def narrowest(self) -> int:
        """Give the columns of the narrowest tile."""
        return min(self.grid.slot(place).width for place in range(len(self.tiles)))

    @cached_property
    def lowest(self) -> int:
        """Give the rows of the lowest tile."""
        return min(self.grid.slot(place).height for place in range(len(self.tiles)))
