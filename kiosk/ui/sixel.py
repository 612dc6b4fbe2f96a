"""Pictures for terminals that draw pixels, in DEC's sixel format: bands of six rows, one colour after another.

The format: VT330/VT340 Programmer Reference Manual, volume 2, chapter 14.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kiosk.ui.picture import Picture
from kiosk.ui.theme import Rgb

_BAND = 6
_FIRST = 63
"""The character that stands for an empty column of a band; the six lowest bits of the others are its pixels."""
_SIGNS = bytes((_FIRST + value) % 256 for value in range(256))
_RUN = re.compile(rb"(.)\1{3,}")
_WIDEST = 40
"""Cells of a piece: some terminals draw nothing that is wider than 1000 pixels."""


class Piece(NamedTuple):
    """A piece of a picture: its place in cells, and the sequence that draws it."""

    column: int
    row: int
    sequence: str


@lru_cache(maxsize=64)
def sixels(picture: Picture, cell: tuple[int, int]) -> tuple[Piece, ...]:
    """Cut a picture into pieces that lie in one row of cells each, so that any row can be painted anew by itself."""
    across, down = cell[0] * _WIDEST, cell[1]
    pieces = []
    for top in range(0, picture.height, down):
        rows = [picture.pixels[y * picture.width : (y + 1) * picture.width] for y in range(top, picture.height)[:down]]
        for left in range(0, picture.width, across):
            cut = [row[left : left + across] for row in rows]
            if any(picture.colours[place] for place in set(b"".join(cut))):
                pieces.append(Piece(left // cell[0], top // down, _encoded(cut, picture.colours)))
    return tuple(pieces)


def _encoded(pixels: Sequence[bytes], colours: tuple[Rgb | None, ...]) -> str:
    """Encode rows of pixels; those that are see-through are left as they are on the screen."""
    width, height = len(pixels[0]), len(pixels)
    seen = [place for place in sorted(set(b"".join(pixels))) if colours[place] is not None]
    parts = [f'\x1bP0;1;0q"1;1;{width};{height}', *(_colour(place, colours[place]) for place in seen)]
    for top in range(0, height, _BAND):
        rows = pixels[top : top + _BAND]
        parts += [f"#{place}{_columns(rows, place)}$" for place in seen if any(place in row for row in rows)]
        parts.append("-")
    return "".join([*parts[:-1], "\x1b\\"])


def _colour(place: int, colour: Rgb | None) -> str:
    red, green, blue = (round(channel * 100 / 255) for channel in colour or (0, 0, 0))
    return f"#{place};2;{red};{green};{blue}"


def _columns(rows: Sequence[bytes], place: int) -> str:
    """Give the columns of one colour in a band, long runs counted."""
    bits = 0
    for bit, row in enumerate(rows):
        bits |= int.from_bytes(row.translate(_marks(place, bit)), "big")
    signs = bits.to_bytes(len(rows[0]), "big").translate(_SIGNS)
    return _RUN.sub(lambda run: b"!%d%c" % (len(run[0]), run[0][0]), signs).decode("ascii")


@lru_cache(maxsize=1024)
def _marks(place: int, bit: int) -> bytes:
    """Give the table that turns pixels of one colour into their bit, and all others into nothing."""
    return bytes(1 << bit if value == place else 0 for value in range(256))
