"""Big type: text set in a real font, as pixels for half blocks; nothing where there is no room for legible letters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.ui.theme import Rgb, mix, rgb

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Pixels = tuple[tuple[Rgb | None, ...], ...]

SMALLEST = 13
"""Pixels to the em below which letters of half blocks are harder to read than the terminal's own."""

_LARGEST = 40
_PITCH = 1.16
"""Line to line, in ems."""


@lru_cache(maxsize=32)
def lettering(text: str, width: int, height: int, ink: str, page: str, *, smooth: bool = True) -> Pixels | None:
    """Set a text as large as it fits into `width` x `height` pixels; None when only small letters would fit.

    Without `smooth` only the two colours are used, as a terminal of 16 colours needs it.
    """
    for size in range(min(_LARGEST, height), SMALLEST - 1, -1):
        lines = _broken(text, width, size)
        if lines and round(len(lines) * size * _PITCH) <= height:
            return _drawn(tuple(lines), size, width, rgb(ink), rgb(page), smooth)
    return None


@lru_cache(maxsize=32)
def _font(size: int) -> FreeTypeFont:
    from font_source_sans_pro import SourceSansProSemibold  # with Pillow, only where there is room for big type
    from PIL import ImageFont

    return ImageFont.truetype(SourceSansProSemibold, size)


def _broken(text: str, width: int, size: int) -> list[str]:
    """Break a text into the fewest lines, of lengths as equal as can be; none when a word is too wide."""
    font, words = _font(size), text.split()
    if not words or max(font.getlength(word) for word in words) > width:
        return []
    fewest = len(_filled(words, width, font))
    narrowest = width
    while narrowest > width // 3 and len(_filled(words, narrowest - 2, font)) == fewest:
        narrowest -= 2
    return _filled(words, narrowest, font)


def _filled(words: list[str], width: int, font: FreeTypeFont) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=32)
def _drawn(lines: tuple[str, ...], size: int, width: int, ink: Rgb, page: Rgb, smooth: bool) -> Pixels:
    from PIL import Image, ImageDraw

    height = round(len(lines) * size * _PITCH)
    mask = Image.new("L", (width, height + height % 2))
    draw = ImageDraw.Draw(mask)
    for number, line in enumerate(lines):
        middle = ((number + 0.5) * size * _PITCH, width / 2)
        draw.text((middle[1], middle[0]), line, fill=255, font=_font(size), anchor="mm")
    shades = [_shade(level, ink, page, smooth) for level in range(256)]
    flat = mask.tobytes()
    return tuple(tuple(shades[level] for level in flat[row * width : (row + 1) * width]) for row in range(mask.height))


def _shade(level: int, ink: Rgb, page: Rgb, smooth: bool) -> Rgb | None:
    cover = level / 255 if smooth else float(level >= 128)
    return mix(page, ink, cover) if cover else None
