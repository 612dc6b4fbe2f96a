"""Words of charts: how wide they are, where they break, and what stands for signs that the typeface lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from wcwidth import iter_graphemes

from kiosk.typeface import Weight, has, typeface

UNKNOWN = "□"
"""What stands for a sign that the typeface lacks."""

_MEASURED_AT = 1000
"""Pixels to the em at which words are measured."""
_ELLIPSIS = "…"
_SILENT = frozenset({"Cf", "Mn", "Me"})


def width_of(text: str, size: float, weight: Weight = "Regular") -> float:
    """Measure a line of text in points."""
    return typeface(_MEASURED_AT, weight).getlength(text) * size / _MEASURED_AT


def bearing(text: str, size: float, weight: Weight) -> float:
    """Measure the white at the left of a text, so that large letters can stand flush with small ones."""
    ink = typeface(_MEASURED_AT, weight).getmask(text[:1]).getbbox()
    return ink[0] * size / _MEASURED_AT if ink else 0.0


def writable(text: str) -> str:
    """Give a text with UNKNOWN in the place of every sign that the typeface lacks, pictographs among them."""
    return "".join(map(_writable_cluster, iter_graphemes(text)))


def fitted(text: str, width: float, size: float, weight: Weight = "Regular") -> str:
    """Give as much of a text as fits into a width, with an ellipsis where it was cut."""
    if width_of(text, size, weight) <= width:
        return text
    clusters = list(iter_graphemes(text))
    while clusters and width_of("".join(clusters).rstrip() + _ELLIPSIS, size, weight) > width:
        clusters.pop()
    return "".join(clusters).rstrip() + _ELLIPSIS


def broken(text: str, width: float, size: float, weight: Weight = "Regular", lines: int = 2) -> list[str]:
    """Break a text into at most `lines` lines; the last one is cut where the text is longer."""
    every = _broken(text.split(), width, size, weight)
    kept = [*every[: lines - 1], " ".join(every[lines - 1 :])]
    return [fitted(line, width, size, weight) for line in kept if line]


def balanced(text: str, width: float, size: float, weight: Weight = "Regular", lines: int = 2) -> list[str]:
    """Break a text as `broken` does, with no line much shorter than the others."""
    few = broken(text, width, size, weight, lines)
    for share in range(95, 45, -5):
        narrower = _broken(text.split(), width * share / 100, size, weight)
        if len(narrower) > len(few):
            break
        if all(width_of(line, size, weight) <= width for line in narrower):
            few = narrower
    return few


def largest(text: str, width: float, sizes: Sequence[float], weight: Weight) -> float:
    """Give the first of several sizes, the largest first, at which a text fits into a width; else the last."""
    return next((size for size in sizes if width_of(text, size, weight) <= width), sizes[-1])


def _broken(words: Sequence[str], width: float, size: float, weight: Weight) -> list[str]:
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@lru_cache(maxsize=4096)
def _writable_cluster(cluster: str) -> str:
    first, rest = cluster[0], cluster[1:]
    if not has(first):
        return " " if first.isspace() else UNKNOWN
    return first + "".join(sign for sign in rest if unicodedata.category(sign) not in _SILENT or has(sign))
