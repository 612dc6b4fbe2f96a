"""Text from people, made safe to store and to show."""

from __future__ import annotations

import unicodedata

from wcwidth import iter_graphemes

_KEPT_FORMAT = "\u200d"
"""ZERO WIDTH JOINER holds emoji families together; every other format character can hide or reorder text."""

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BREAKS = str.maketrans(dict.fromkeys("\t\n\r\v\f\x85\u2028\u2029", " "))


def clean(text: str, limit: int = 1_000) -> str:
    """Give `text` as one line of at most `limit` visible characters that no terminal can be commanded by.

    Line breaks and tabs become spaces; control, format (but the emoji joiner), private, unassigned and surrogate
    characters go; the rest is put into Unicode normal form C and runs of spaces shrink to one. Cleaning twice
    changes nothing.
    """
    visible = (
        character
        for character in text.translate(_BREAKS)
        if character == _KEPT_FORMAT or unicodedata.category(character) not in _DROPPED
    )
    line = " ".join(unicodedata.normalize("NFC", "".join(visible)).split())
    clusters: list[str] = []
    for cluster in iter_graphemes(line):
        if len(clusters) == limit:
            break
        clusters.append(cluster)
    return "".join(clusters).strip()
