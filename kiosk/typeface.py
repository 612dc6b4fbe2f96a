"""The typeface of big type, and the letters that it has: a screen must never show an empty box for a letter."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_NO_LETTER = "\U0010ffff"
"""A code that stands for nothing in any typeface, which therefore shows its sign for letters that it lacks."""
_LOOKED_AT = 32
"""Pixels to the em at which no letter looks like that sign."""


@lru_cache(maxsize=64)
def typeface(size: int) -> FreeTypeFont:
    """Give the typeface with `size` pixels to the em."""
    from font_source_sans_pro import SourceSansProSemibold  # with Pillow, only where there is room for big type
    from PIL import ImageFont

    # The basic layout has whole pixels from letter to letter: even spacing where letters are made of few of them.
    return ImageFont.truetype(SourceSansProSemibold, size, layout_engine=ImageFont.Layout.BASIC)


def can_set(text: str) -> bool:
    """Tell whether the typeface has every letter of a text."""
    return not missing_letters(text)


@lru_cache(maxsize=256)
def missing_letters(text: str) -> str:
    """Give the letters of a text that the typeface lacks, each once, in the order in which they are read."""
    letters = dict.fromkeys(unicodedata.normalize("NFC", "".join(text.split())))
    return "".join(letter for letter in letters if not letter.isascii() and _drawn(letter) == _drawn(_NO_LETTER))


@lru_cache(maxsize=1024)
def _drawn(letter: str) -> bytes:
    return bytes(typeface(_LOOKED_AT).getmask(letter))
