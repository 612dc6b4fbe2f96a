"""Pictures in few colours, and how finely a terminal can show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.ui.theme import Rgb, mix

if TYPE_CHECKING:
    from PIL.Image import Image

LEVELS = 8
"""Steps from nothing to full colour at a soft edge."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` x `height` pixels, each a place in `colours`; None lets what lies behind through."""

    width: int
    height: int
    colours: tuple[Rgb | None, ...]
    pixels: bytes

    def row(self, y: int) -> Sequence[Rgb | None]:
        """Give one row; rows below the picture are see-through."""
        if y >= self.height:
            return [None] * self.width
        return [self.colours[place] for place in self.pixels[y * self.width : (y + 1) * self.width]]


@dataclass(slots=True)
class Raster:
    """How finely the terminal draws. Every terminal has half blocks; some draw pixels, which only they can tell."""

    cell: tuple[int, int] | None = None
    """Width and height of a cell in pixels where the terminal draws them (sixels), None where blocks have to do."""

    def pixels(self, columns: int, rows: int) -> tuple[int, int]:
        """Give the pixels of an area of cells; in both cases they are about as wide as high."""
        across, down = self.cell or (1, 2)
        return columns * across, rows * down

    def rows(self, height: int) -> int:
        """Give the rows of cells that so many pixels need."""
        return -(-height // (self.cell or (1, 2))[1])


def in_steps(mask: Image, levels: int) -> Image:
    """Turn a mask of 0 to 255 into one of 0 to `levels`."""
    return mask.point([round(value * levels / 255) for value in range(256)])


def shades(ground: Rgb, colour: Rgb, levels: int) -> list[Rgb]:
    """Give the colours of the steps 1 to `levels` from a ground to a full colour."""
    return [mix(ground, colour, level / levels) for level in range(1, levels + 1)]
