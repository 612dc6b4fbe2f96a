"""What every view needs to know of the shop, the screen and the time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from textual.geometry import Size

from kiosk.clock import Clock
from kiosk.device.panel import MM_PER_INCH
from kiosk.device.terminal import FINGER_MM
from kiosk.ui.gesture import Gesture
from kiosk.ui.lettering import smallest_on
from kiosk.ui.logo import Sign
from kiosk.ui.picture import Raster
from kiosk.ui.theme import Palette

_CELL_SHAPE = 2.0
"""Height of a cell in widths: what terminal fonts come close to when the terminal tells no pixels."""

_GROWN = 0.0125
"""Rows to the em of what is read second, for each column of a screen."""

_LETTER = 0.55
"""Ems that a letter of a name takes across."""

_UPRIGHT = 1.4
"""Cells across to a row down, below which a screen stands upright."""


def is_upright(screen: Size) -> bool:
    """Tell whether a screen is rather tall than wide."""
    return screen.width < screen.height * _UPRIGHT


@dataclass(frozen=True, slots=True)
class Look:
    """The shop's look and the screen's measures; the same for every view."""

    palette: Palette
    languages: tuple[str, ...]
    """First the one that every visit starts in."""
    place: str
    """The shop, as its customers call it."""
    clock: Clock
    raster: Raster = field(default_factory=Raster)
    sign: Sign = field(default_factory=Sign)
    smooth: bool = True
    """Whether the screen has colours enough for soft edges."""
    diagonal_inches: float | None = None
    motion: bool = True
    """Whether anything may move by itself."""
    private: bool = False
    """Whether others must not see from the screen what was answered."""
    speaks: bool = False
    """Whether there is a voice that reads the screen to whoever asks for it."""
    gesture: Gesture | None = None
    """The staff's knock; None where there is no staff door."""

    def grown_em(self, screen: Size) -> int:
        """Give the pixels to the em of what is read second; on most screens less than the terminal's own letters."""
        return int(screen.width * _GROWN * self.raster.pixels(1, 1)[1])

    def letter(self, screen: Size) -> float:
        """Give the cells that a letter takes of what is read second: 1 in the terminal's own type."""
        em, across = self.grown_em(screen), self.raster.pixels(1, 1)[0]
        return max(em / across * _LETTER, 1.0) if self.raster.cell and em >= smallest_on(self.raster) else 1.0

    def cell_mm(self, screen: Size) -> tuple[float, float] | None:
        """Give width and height of a cell in millimetres; None while the panel's size is not known."""
        if self.diagonal_inches is None or not screen:
            return None
        diagonal = math.hypot(screen.width, screen.height * _CELL_SHAPE)
        width = self.diagonal_inches * MM_PER_INCH / diagonal
        return width, width * _CELL_SHAPE

    def finger(self, screen: Size) -> Size:
        """Give the cells that a finger needs: 20 x 20 mm, or 10 x 5 cells where millimetres are not known."""
        if (cell := self.cell_mm(screen)) is None:
            return Size(10, 5)
        return Size(math.ceil(FINGER_MM / cell[0]), math.ceil(FINGER_MM / cell[1]))

    def is_knock(self, x: int, y: int, screen: Size) -> bool:
        """Tell whether a touch at a cell may be part of the staff's knock, and so nobody's anger."""
        return self.gesture is not None and self.gesture.zone(screen, self.finger(screen)).contains(x, y)
