"""Paper to draw on: millimetres, points, open typefaces, codes and pictures. Pillow is imported late, only here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kiosk.errors import UsageError
from kiosk.logo import read_logo
from kiosk.qr import LEVELS, Code, encode
from kiosk.typeface import Weight, font_file

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

DPI = 300

_RULE = "#b9b4aa"
_SMALLEST_POINTS = 9
_FINEST_MODULE_MM = 0.5
"""Below this a module is finer than office printers and older phones can do."""

Side = Literal["left", "centre"]


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the paper, in millimetres."""

    left: float
    top: float
    width: float
    height: float


class Page:
    """A sheet of paper that is drawn on in millimetres and points."""

    def __init__(self, width: float, height: float) -> None:
        """Lay a white sheet out, measured in millimetres."""
        from PIL import Image, ImageDraw  # late: only paper needs it

        self.image = Image.new("RGB", (_pixels(width), _pixels(height)), "#ffffff")
        self._draw = ImageDraw.Draw(self.image)

    def block(self, box: Box, colour: str) -> None:
        """Fill a box with a colour."""
        self._draw.rectangle(_corners(box), fill=colour)

    def card(self, box: Box, url: str) -> None:
        """Draw the code, quiet zone included, on a white card with a thin rim."""
        self._draw.rounded_rectangle(_corners(box), _pixels(4), fill="#ffffff", outline=_RULE, width=_pixels(0.3))
        code = _strongest(url, box.width)
        module = _pixels(box.width) // code.size
        left, top = (_pixels(start) + (_pixels(box.width) - module * code.size) // 2 for start in (box.left, box.top))
        for row in range(code.size):
            for column in range(code.size):
                if code.is_dark(column, row):
                    x, y = left + column * module, top + row * module
                    self._draw.rectangle((x, y, x + module - 1, y + module - 1), fill="#000000")

    def text(self, box: Box, words: str, weight: Weight, points: int, colour: str, side: Side = "centre") -> None:
        """Write words as large as the box allows, up to a size in points, in the middle of its height."""
        lines, font = _set(words, weight, points, _pixels(box.width), _pixels(box.height))
        pitch = _pitch(font)
        top = _pixels(box.top) + (_pixels(box.height) - pitch * len(lines)) // 2
        centred = side == "centre"
        x = _pixels(box.left) + (_pixels(box.width) // 2 if centred else 0)
        for number, line in enumerate(lines):
            middle = top + number * pitch + pitch // 2
            self._draw.text((x, middle), line, fill=colour, font=font, anchor="mm" if centred else "lm")

    def picture(self, box: Box, file: Path) -> None:
        """Put a picture into the middle of a box, as large as fits, its proportions kept."""
        from PIL import ImageOps

        fitted = ImageOps.contain(read_logo(file), (_pixels(box.width), _pixels(box.height)))
        left = _pixels(box.left) + (_pixels(box.width) - fitted.width) // 2
        self.image.paste(fitted, (left, _pixels(box.top) + (_pixels(box.height) - fitted.height) // 2), fitted)

    def put(self, other: Image, top: float) -> None:
        """Lay another sheet, as wide as this one, on it."""
        self.image.paste(other, (0, _pixels(top)))

    def fold(self, top: float) -> None:
        """Dash a fold across the sheet."""
        for left in range(0, self.image.width, _pixels(5)):
            self._draw.line((left, _pixels(top), left + _pixels(2.5), _pixels(top)), fill="#8d8d8d", width=3)

    def png(self) -> bytes:
        """Give the sheet as a PNG file that knows its size on paper."""
        held = BytesIO()
        self.image.save(held, "PNG", dpi=(DPI, DPI), optimize=True)
        return held.getvalue()

    def pdf(self, title: str) -> bytes:
        """Give the sheet as a PDF file of one page."""
        held = BytesIO()
        self.image.save(held, "PDF", resolution=DPI, quality=95, subsampling=0, title=title)
        return held.getvalue()


def drawable(words: str) -> str:
    """Give words as the typeface can write them: without pictographs. Raises UsageError for letters that it lacks."""
    font = _font("Regular", 20)
    unknown = bytes(font.getmask("\U0010ffff"))
    lacking = {letter for letter in words if letter != " " and bytes(font.getmask(letter)) == unknown}
    if letters := sorted(letter for letter in lacking if unicodedata.category(letter)[0] in "LN"):
        raise UsageError(
            f"The poster's typeface cannot write “{letters[0]}”.", "Use the Latin, Greek or Cyrillic script."
        )
    hidden = {letter for letter in words if unicodedata.category(letter) in {"Cf", "Mn"}}
    return " ".join("".join(letter for letter in words if letter not in lacking | hidden).split())


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG 2 defines it: 1 to 21."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _strongest(url: str, side_mm: float) -> Code:
    """Give the code that survives most dirt while its modules can still be printed and read."""
    for level in reversed(LEVELS):
        try:
            code = encode(url, level)
        except ValueError:
            continue
        if side_mm / code.size >= _FINEST_MODULE_MM:
            return code
    raise UsageError("The address under [review] is too long for a code on paper.", "Use a shorter address.")


def _set(words: str, weight: Weight, points: int, width: int, height: int) -> tuple[list[str], FreeTypeFont]:
    """Break words into lines, at the largest size that fits. Raises UsageError when none does."""
    for size in range(points, _SMALLEST_POINTS - 1, -1):
        font = _font(weight, size)
        lines = [line for paragraph in words.split("\n") for line in _balanced(paragraph, font, width)]
        if _pitch(font) * len(lines) <= height and all(font.getlength(line) <= width for line in lines):
            return lines, font
    raise UsageError(f"“{words[:40]}…” is too long for the poster.", "Write it shorter in kiosk.toml.")


def _balanced(words: str, font: FreeTypeFont, width: int) -> list[str]:
    """Break a sentence into as few lines as fit, none of them much shorter than the others."""
    lines = _broken(words, font, width)
    for narrower in range(width, width // 3, -max(1, width // 50)):
        tried = _broken(words, font, narrower)
        if len(tried) > len(lines) or any(font.getlength(line) > narrower for line in tried):
            break
        lines = tried
    return lines


def _broken(words: str, font: FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _font(weight: Weight, points: int) -> FreeTypeFont:
    from PIL import ImageFont

    # With the best layout that the machine has: nobody measures a poster against another machine's.
    return ImageFont.truetype(str(font_file(weight)), round(points * DPI / 72))


def _pitch(font: FreeTypeFont) -> int:
    return round(font.size * 1.2)


def _pixels(millimetres: float) -> int:
    return round(millimetres * DPI / 25.4)


def _corners(box: Box) -> tuple[int, int, int, int]:
    right, bottom = box.left + box.width, box.top + box.height
    return _pixels(box.left), _pixels(box.top), _pixels(right) - 1, _pixels(bottom) - 1
