"""Big type: text set in a real font, as large as its room allows; nothing where that would not be legible."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.ui.picture import LEVELS, Picture, in_steps, shades
from kiosk.ui.theme import rgb

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SMALLEST = 13
"""Pixels to the em below which letters are hard to read; of half blocks, harder than the terminal's own."""

_STEPS = 40
"""Sizes that are tried between the largest and the smallest."""
_PITCH = 1.16
"""Line to line, in ems."""
_FEWER_LINES = 0.72
"""Letters may be this much smaller if the text then needs a line less: a question is read in one look."""


@lru_cache(maxsize=32)
def lettering(
    text: str, width: int, height: int, ink: str, page: str, *, smallest: int = SMALLEST, smooth: bool = True
) -> Picture | None:
    """Set a text in the middle of `width` pixels, at most `height` high; None when only small letters would fit.

    Without `smooth` only the two colours are used, as a terminal of 16 colours needs it.
    """
    best: tuple[int, list[str]] | None = None
    for size in range(height, smallest - 1, -max(1, (height - smallest) // _STEPS)):
        lines = _broken(text, width, size)
        if not lines or round(len(lines) * size * _PITCH) > height:
            continue
        if best is not None and size < best[0] * _FEWER_LINES:
            break
        if best is None or len(lines) < len(best[1]):
            best = size, lines
    return _drawn(tuple(best[1]), best[0], width, (ink, page), smooth) if best else None


@lru_cache(maxsize=64)
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
    if fewest == 1:
        return [" ".join(words)]
    narrowest, step = width, max(2, width // 100)
    while narrowest > width // 3 and len(_filled(words, narrowest - step, font)) == fewest:
        narrowest -= step
    return _filled(words, narrowest, font)


def _filled(words: list[str], width: float, font: FreeTypeFont) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _drawn(lines: tuple[str, ...], size: int, width: int, colours: tuple[str, str], smooth: bool) -> Picture:
    from PIL import Image, ImageDraw

    height, levels = round(len(lines) * size * _PITCH), LEVELS if smooth else 1
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    for number, line in enumerate(lines):
        middle = (width / 2, (number + 0.5) * size * _PITCH)
        draw.text(middle, line, fill=255, font=_font(size), anchor="mm")
    ink, page = map(rgb, colours)
    return Picture(width, height, (None, *shades(page, ink, levels)), in_steps(mask, levels).tobytes())
