"""Scripts: what a terminal, one letter after the other in cells, can show of the world's writing."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from wcwidth import iter_graphemes

_STACKED = frozenset({"THAI", "LAO"})
_SHAPED = frozenset({"MONGOLIAN", "PHAGS-PA", "TIBETAN"})
"""Scripts that Unicode's marks do not give away."""
_VIRAMA = 9
"""The combining class of signs that melt letters together."""
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
"""Two of them are a flag, of two cells or of four."""
_PRESENTATION = frozenset("\ufe0e\ufe0f")
"""They make a narrow emoji wide, or do not."""
_UNSTEADY = "·"
"""What stands for a character that does not stand alone."""


def runs_right_to_left(text: str) -> bool:
    """Tell whether any of a text is written from right to left, which no terminal lays out reliably."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def shaped_script(text: str) -> str | None:
    """Name the script of a text whose letters join or change places, as those of India do; None when none does.

    Cells show such letters side by side, and terminals do not even agree on how many cells they take.
    """
    return next((_script(character).title() for character in text if _is_shaped(character)), None)


def stacked_script(text: str) -> str | None:
    """Name the script of a text that cells show, though not well: marks above each other, no spaces between words."""
    return next((_script(character).title() for character in text if _script(character) in _STACKED), None)


def _is_shaped(character: str) -> bool:
    if character.isascii() or (script := _script(character)) in _STACKED:
        return False
    spacing_mark = unicodedata.category(character) == "Mc" and script != "HANGUL"
    return spacing_mark or unicodedata.combining(character) == _VIRAMA or script in _SHAPED


def _script(character: str) -> str:
    """Give the first word of a character's name, which is its script for letters and marks."""
    return unicodedata.name(character, "").partition(" ")[0]


def steady(text: str) -> str:
    """Give a text of which every terminal takes the same cells, however it measures.

    Terminals disagree about joined emoji and about spacing marks, and a row of which they disagree runs into the next
    one. Of each such cluster its first letter stays, with the marks that take no cell anywhere.
    """
    return text if text.isascii() else "".join(map(_steady_cluster, iter_graphemes(text)))


@lru_cache(maxsize=4096)
def _steady_cluster(cluster: str) -> str:
    first, rest = cluster[0], cluster[1:]
    if unicodedata.category(first) == "Mc" or first in _FLAG_LETTERS:
        first = _UNSTEADY
    return first + "".join(filter(_is_steady_after, rest))


def _is_steady_after(character: str) -> bool:
    if _script(character) in _STACKED:
        return True
    return unicodedata.category(character) in ("Mn", "Me") and character not in _PRESENTATION
