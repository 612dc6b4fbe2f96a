"""The typeface of big type, charts and paper, and the letters that it has: nothing may show an empty box for one."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Weight = Literal["Regular", "Semibold", "Bold"]

FAMILY = "Source Sans Pro"
WEIGHTS: dict[Weight, int] = {"Regular": 400, "Semibold": 600, "Bold": 700}
"""The weights that are used, as CSS counts them."""

_NO_LETTER = "\U0010ffff"
"""A code that stands for nothing in any typeface, which therefore shows its sign for letters that it lacks."""
_LOOKED_AT = 32
"""Pixels to the em at which no letter looks like that sign."""


def font_file(weight: Weight, kind: Literal["otf", "ttf"] = "ttf") -> Path:
    """Tell where the typeface is installed: as documents embed it, or (`otf`) as it looks best in few pixels."""
    import font_source_sans_pro  # only who draws needs to know

    return Path(font_source_sans_pro.__file__).parent / "files" / f"SourceSansPro-{weight}.{kind}"


@lru_cache(maxsize=64)
def typeface(size: int, weight: Weight = "Semibold") -> FreeTypeFont:
    """Give the typeface with `size` pixels to the em."""
    from PIL import ImageFont  # only where something is drawn

    # The basic layout has whole pixels from letter to letter: even spacing where letters are made of few of them. The
    # other one puts similar signs in the place of lacking ones, and is not on every machine.
    return ImageFont.truetype(str(font_file(weight, "otf")), size, layout_engine=ImageFont.Layout.BASIC)


def can_set(text: str) -> bool:
    """Tell whether the typeface has every letter of a text."""
    return not missing_letters(text)


@lru_cache(maxsize=256)
def missing_letters(text: str) -> str:
    """Give the letters of a text that the typeface lacks, each once, in the order in which they are read."""
    letters = dict.fromkeys(unicodedata.normalize("NFC", "".join(text.split())))
    return "".join(letter for letter in letters if not letter.isascii() and not has(letter))


@lru_cache(maxsize=4096)
def has(sign: str) -> bool:
    """Tell whether the typeface has one sign."""
    return _drawn(sign) != _drawn(_NO_LETTER)


@lru_cache(maxsize=1024)
def _drawn(sign: str) -> bytes:
    return bytes(typeface(_LOOKED_AT).getmask(sign))
