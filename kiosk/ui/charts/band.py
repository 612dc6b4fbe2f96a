"""The picture of a trend: as fine as the terminal draws, in half blocks or in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kiosk.ui.charts.sheets import Bar
from kiosk.ui.picture import Picture
from kiosk.ui.theme import Palette, blend, rgb

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_BAND, _LINE, _GOAL, _GAP = 1, 2, 3, 4
"""Places of the colours."""
_STEP_BACK = 0.75
"""How far the band steps back into the page."""
_DOT, _LARGEST_DOT = 0.22, 5.0
"""Radius of a dot: in days, and in pixels at the most."""
_DASH = 1
"""Dashes of the goal are as long as so many gaps between them."""


def band_picture(days: Sequence[Bar | None], goal: float | None, size: tuple[int, int], palette: Palette) -> Picture:
    """Draw days on `size` pixels: None is a day without a figure, told by a small dot at the lower edge."""
    from PIL import Image, ImageDraw  # a tenth of a second, and only for this page

    image = Image.new("L", size)
    sketch = _Sketch(ImageDraw.Draw(image), size, size[0] / len(days))
    for has_figure, run in groupby(enumerate(days), key=lambda day: day[1] is not None):
        if has_figure:
            sketch.band([(place, bar) for place, bar in run if bar])
        else:
            sketch.gaps([place for place, _ in run])
    if goal is not None:
        sketch.goal(goal)
    for has_figure, run in groupby(enumerate(days), key=lambda day: day[1] is not None):
        if has_figure:
            sketch.line([(place, bar.value) for place, bar in run if bar])
    band = blend(palette.accent, palette.page, _STEP_BACK)
    return Picture(*size, (None, *map(rgb, (band, palette.accent, palette.soft, palette.line))), image.tobytes())


class _Sketch:
    def __init__(self, draw: ImageDraw, size: tuple[int, int], pitch: float) -> None:
        self._draw, self._size, self._pitch = draw, size, pitch
        self._dot = min(max(pitch * _DOT, 0.5), _LARGEST_DOT)

    def band(self, run: Sequence[tuple[int, Bar]]) -> None:
        """Fill what lies between the ends of the intervals of neighbouring days."""
        upper = self._edge([(place, bar.high) for place, bar in run])
        lower = self._edge([(place, bar.low) for place, bar in run])
        self._draw.polygon([*upper, *reversed(lower)], fill=_BAND, outline=_BAND)

    def line(self, run: Sequence[tuple[int, float]]) -> None:
        """Join the figures of neighbouring days."""
        points = [(self._x(place), self._y(share)) for place, share in run]
        if self._dot > 1:
            self._draw.line(points, fill=_LINE, width=max(round(self._dot / 2), 1))
        for x, y in points:
            if self._dot > 1:
                self._draw.ellipse([x - self._dot, y - self._dot, x + self._dot, y + self._dot], fill=_LINE)
            else:
                self._draw.rectangle([int(x) - 1, round(y), int(x), round(y)], fill=_LINE)

    def goal(self, share: float) -> None:
        """Draw a dashed line across."""
        gap = max(round(self._pitch / 2), 2)
        for x in range(0, self._size[0], gap * (_DASH + 1)):
            self._draw.line([(x, self._y(share)), (x + gap * _DASH - 1, self._y(share))], fill=_GOAL)

    def gaps(self, places: Sequence[int]) -> None:
        """Put a dot at the lower edge for each."""
        for place in places:
            x, y, radius = self._x(place), self._size[1] - 1, self._dot / 2
            self._draw.rectangle([x - radius, y - radius, x + radius, y], fill=_GAP)

    def _edge(self, run: Sequence[tuple[int, float]]) -> list[tuple[float, float]]:
        """Give the points of an edge, with half a day more at both ends."""
        half = self._pitch / 2
        first, last = run[0], run[-1]
        middle = [(self._x(place), self._y(share)) for place, share in run]
        ends = [(self._x(place) + side, self._y(share)) for (place, share), side in ((first, -half), (last, half - 1))]
        return [ends[0], *middle, ends[1]]

    def _x(self, place: int) -> float:
        return (place + 0.5) * self._pitch

    def _y(self, share: float) -> float:
        return (1 - min(max(share, 0.0), 1.0)) * (self._size[1] - 1)
