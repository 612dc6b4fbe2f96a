"""The product's own faces, for charts."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.charts.ink import Inks
from kiosk.charts.marks import Area, Mark, Oval, Stroke
from kiosk.face import BROW_WIDTH, LIP, brows, eyes, is_open, mouth


def face(x: float, y: float, size: float, mood: float, inks: Inks) -> Iterator[Mark]:
    """Draw a face whose box starts at `x`, `y`; `mood` goes from 0 (very bad) to 1 (very good)."""

    def placed(point: tuple[float, float]) -> tuple[float, float]:
        return x + point[0] * size, y + point[1] * size

    half = size / 2
    yield Oval(x + half, y + half, half, half, inks.mood(mood), outline=inks.ink, outline_width=size * 0.03)
    for eye in eyes():
        yield Oval(*placed((eye.x, eye.y)), eye.half_width * size, eye.half_height * size, inks.ink)
    for brow in brows(mood):
        yield Stroke(tuple(map(placed, brow)), inks.ink, BROW_WIDTH * size)
    rim = tuple(map(placed, mouth(mood)))
    yield Area(rim, inks.ink) if is_open(mood) else Stroke(rim, inks.ink, 2 * LIP * size)
