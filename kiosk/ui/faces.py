"""The faces: drawn large with Pillow and shrunk to whatever number of pixels the screen has for them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.ui.theme import Palette, Rgb, blend, mix, rgb

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

Pixels = tuple[tuple[Rgb | None, ...], ...]
"""Rows of colours; None lets the ground through."""

_OVERSAMPLING = 8
_VERY_BAD, _VERY_GOOD = 0.15, 0.85
"""Beyond these the mouth opens and the brows move, so that neighbours differ in more than colour."""


def face(mood: float, size: int, palette: Palette, *, faded: bool = False, smooth: bool = True) -> Pixels:
    """Draw a face of `size` x `size` pixels, for two pixels above each other in a cell.

    `mood` goes from 0 (very bad) to 1 (very good); a faded face steps back behind the one that was chosen. Without
    `smooth` only pure colours are used, as a terminal of 16 colours needs it.
    """
    colour, feature = mood_colour(mood, palette), palette.feature
    if faded:
        colour, feature = blend(colour, palette.page, 0.72), blend(feature, palette.page, 0.72)
    return _drawn(mood, size, (rgb(palette.page), rgb(colour), rgb(feature)), smooth)


def mood_colour(mood: float, palette: Palette) -> str:
    """Give the colour of a mood between 0 and 1, mixed from the palette's five."""
    steps = len(palette.moods) - 1
    lower = min(int(mood * steps), steps - 1)
    return blend(palette.moods[lower], palette.moods[lower + 1], mood * steps - lower)


@lru_cache(maxsize=256)
def _drawn(mood: float, size: int, colours: tuple[Rgb, Rgb, Rgb], smooth: bool) -> Pixels:
    from PIL import Image, ImageDraw  # 40 ms that a start without faces need not pay

    large = size * _OVERSAMPLING
    head, features = Image.new("L", (large, large)), Image.new("L", (large, large))
    ImageDraw.Draw(head).ellipse((0, 0, large - 1, large - 1), fill=255)
    _draw_features(ImageDraw.Draw(features), large, mood)
    heads, marks = (mask.reduce(_OVERSAMPLING).tobytes() for mask in (head, features))
    ground, colour, feature = colours

    def pixel(place: int) -> Rgb | None:
        cover, mark = heads[place] / 255, marks[place] / 255
        if not smooth:
            cover, mark = float(cover >= 0.5), float(mark >= 0.5)
        return mix(mix(ground, colour, cover), feature, mark) if cover else None

    return tuple(tuple(pixel(row * size + column) for column in range(size)) for row in range(size))


def _draw_features(draw: ImageDraw, size: int, mood: float) -> None:
    """Draw eyes, brows and mouth in white on black, all measures as shares of the face."""
    for side in (-1, 1):
        middle = 0.5 + 0.19 * side
        _dot(draw, size, middle, 0.39, 0.062, 0.085)
        if mood < _VERY_BAD:
            brow = [(middle + 0.13 * side, 0.22), (middle - 0.11 * side, 0.29)]
            draw.line([(x * size, y * size) for x, y in brow], fill=255, width=round(0.055 * size))
    if mood > _VERY_GOOD:
        rim = _mouth(0.57, 0.27, 0.25)
        draw.polygon([(x * size, y * size) for x, y in rim], fill=255)
        return
    bend = (mood - 0.5) * 0.36
    for x, y in _mouth(0.68 - bend / 2, 0.24, bend):
        _dot(draw, size, x, y, 0.037, 0.037)


def _mouth(level: float, half_width: float, bend: float) -> list[tuple[float, float]]:
    """Give points of a parabola: ends at `level`, its middle `bend` lower, which makes a smile."""
    shares = [step / 40 for step in range(-40, 41)]
    return [(0.5 + half_width * share, level + bend * (1 - share * share)) for share in shares]


def _dot(draw: ImageDraw, size: int, x: float, y: float, width: float, height: float) -> None:
    box = ((x - width) * size, (y - height) * size, (x + width) * size, (y + height) * size)
    draw.ellipse(box, fill=255)
