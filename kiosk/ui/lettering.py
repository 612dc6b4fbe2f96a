"""Big type: text set in a real font, as large as its room allows; nothing where that would not be legible."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kiosk.typeface import can_set, typeface
from kiosk.ui.picture import LEVELS, Picture, Raster, in_steps, shades
from kiosk.ui.theme import rgb

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Side = Literal["left", "middle", "right"]

SMALLEST = 10
"""Pixels to the em below which letters are hard to read; of half blocks, harder than the terminal's own."""
_SMALLEST_NUMBERS = 9
"""The same for digits, which have fewer strokes than letters."""
_LARGER_THAN_PLAIN = 1.3
"""Ems to a row of the terminal's own type, where letters are drawn in pixels."""

_STEPS = 40
"""Sizes that are tried between the largest and the smallest."""
_PITCH = 1.16
"""Line to line, in ems."""
_FEWER_LINES = 0.72
"""Letters may be this much smaller if the text then needs a line less: a question is read in one look."""


def smallest_on(raster: Raster, texts: Iterable[str] = ()) -> int:
    """Give the pixels to the em below which the terminal's own letters are read more easily than big type."""
    if raster.cell:
        return round(raster.cell[1] * _LARGER_THAN_PLAIN)
    texts = list(texts)
    return _SMALLEST_NUMBERS if texts and all(text.isdigit() for text in texts) else SMALLEST


def lettering(
    text: str,
    width: int,
    height: int,
    ink: str,
    page: str,
    *,
    smallest: int = SMALLEST,
    largest: int | None = None,
    side: Side = "middle",
    smooth: bool = True,
) -> Picture | None:
    """Set a text on `width` pixels, at most `height` high; None when only small letters would fit.

    Without `smooth` only the two colours are used, as a terminal of 16 colours needs it.
    """
    size = fitting((text,), width, height, smallest, largest)
    return lettered(text, size, width, ink, page, side=side, smooth=smooth) if size else None


@lru_cache(maxsize=64)
def fitting(texts: tuple[str, ...], width: int, height: int, smallest: int, largest: int | None = None) -> int | None:
    """Give the pixels to the em with which each text fits into `width` x `height` pixels; None where that is too small.

    Fewer lines are worth somewhat smaller letters.
    """
    if not all(map(can_set, texts)):
        return None
    best: tuple[int, int] | None = None
    top = min(height, largest or height)
    for size in range(top, smallest - 1, -max(1, (top - smallest) // _STEPS)):
        lines = _lines_needed(texts, width, size)
        if not lines or round(max(lines) * size * _PITCH) > height:
            continue
        if best is not None and size < best[0] * _FEWER_LINES:
            break
        if best is None or sum(lines) < best[1]:
            best = size, sum(lines)
    return best[0] if best else None


def letters_height(text: str, size: int, width: int) -> int:
    """Give the pixels that `lettered` text is high."""
    return round(sum(_lines_needed((text,), width, size)) * size * _PITCH)


@lru_cache(maxsize=128)
def lettered(
    text: str,
    size: int,
    width: int,
    ink: str,
    page: str,
    *,
    height: int = 0,
    side: Side = "middle",
    smooth: bool = True,
) -> Picture:
    """Set a text with `size` pixels to the em, broken into lines of at most `width` pixels.

    The picture is as high as the lines, or `height` if that is more, and has the lines in its middle.
    """
    from PIL import Image, ImageDraw

    lines = _broken(text, width, size)
    needed, levels = round(len(lines) * size * _PITCH), LEVELS if smooth else 1
    height = max(height, needed)
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    x, anchor = {"left": (0.0, "lm"), "middle": (width / 2, "mm"), "right": (float(width), "rm")}[side]
    for number, line in enumerate(lines):
        y = (height - needed) / 2 + (number + 0.5) * size * _PITCH
        draw.text((x, y), line, fill=255, font=typeface(size), anchor=anchor)
    colours = None, *shades(rgb(page), rgb(ink), levels)
    return Picture(width, height, colours, in_steps(mask, levels).tobytes())


def _lines_needed(texts: tuple[str, ...], width: int, size: int) -> list[int]:
    """Give the number of lines of each text; nothing when a word of any is too wide, or a text is empty."""
    font = typeface(size)
    lines = []
    for words in map(str.split, texts):
        if not words or max(map(font.getlength, words)) > width:
            return []
        lines.append(len(_filled(words, width, font)))
    return lines


def _broken(text: str, width: int, size: int) -> list[str]:
    """Break a text into the fewest lines, of lengths as equal as can be."""
    font, words = typeface(size), text.split()
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
