"""The face that is the product's own: where its eyes, brows and mouth are. Screens and paper both draw it from here.

All measures are shares of the face; a mood goes from 0 (very bad) to 1 (very good).
"""

from __future__ import annotations

from typing import NamedTuple

VERY_BAD, VERY_GOOD = 0.15, 0.85
"""Beyond these the mouth opens and the brows move, so that neighbours differ in more than colour."""
LIP = 0.037
"""Half the thickness of a closed mouth."""
BROW_WIDTH = 0.055

_OPEN_EYE, _SHUT_EYE = (0.39, 0.062, 0.085), (0.43, 0.078, 0.02)
"""Where an eye is, half its width and half its height."""
_STEPS = 40
"""Points on each half of the mouth."""

Point = tuple[float, float]


class Oval(NamedTuple):
    """An eye."""

    x: float
    y: float
    half_width: float
    half_height: float


def eyes(*, shut: bool = False) -> tuple[Oval, Oval]:
    """Give the left and the right eye."""
    level, half_width, half_height = _SHUT_EYE if shut else _OPEN_EYE
    left, right = (Oval(0.5 + 0.19 * side, level, half_width, half_height) for side in (-1, 1))
    return left, right


def brows(mood: float) -> list[tuple[Point, Point]]:
    """Give the brows as lines, drawn together by a very bad mood; other moods show none."""
    if mood >= VERY_BAD:
        return []
    middles = ((side, 0.5 + 0.19 * side) for side in (-1, 1))
    return [((middle + 0.13 * side, 0.22), (middle - 0.11 * side, 0.29)) for side, middle in middles]


def mouth(mood: float) -> list[Point]:
    """Give the mouth from left to right: a line, or the rim of an open mouth where `is_open`."""
    if is_open(mood):
        return _parabola(0.57, 0.27, 0.25)
    bend = (mood - 0.5) * 0.36
    return _parabola(0.68 - bend / 2, 0.24, bend)


def is_open(mood: float) -> bool:
    """Tell whether the mouth laughs."""
    return mood > VERY_GOOD


def _parabola(level: float, half_width: float, bend: float) -> list[Point]:
    """Give points of a parabola: ends at `level`, its middle `bend` lower, which makes a smile."""
    shares = [step / _STEPS for step in range(-_STEPS, _STEPS + 1)]
    return [(0.5 + half_width * share, level + bend * (1 - share * share)) for share in shares]
