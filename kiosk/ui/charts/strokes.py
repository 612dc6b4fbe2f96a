"""Strokes that charts are made of: bars in eighths of a cell, and intervals on a scale."""

from __future__ import annotations

from textual.geometry import Region

from kiosk.ui.canvas import Canvas
from kiosk.ui.charts.lines import Lines
from kiosk.ui.charts.sheets import Bar
from kiosk.ui.faces import mood_colour
from kiosk.ui.theme import Palette, blend, contrast

_ACROSS = " ▏▎▍▌▋▊▉█"
_UP = " ▁▂▃▄▅▆▇█"
_SCALE, _SURE = 0.65, 0.4
"""How far a scale and the interval on it step back into the page."""


def bar_across(canvas: Canvas, area: Region, share: float, colour: str) -> None:
    """Draw a bar from left to right; whatever is more than nothing can be seen."""
    for y in range(area.y, area.bottom):
        canvas.write(area.x, y, _filled(_ACROSS, area.width, share), colour)


def bar_up(canvas: Canvas, x: int, bottom: int, width: int, height: int, share: float, colour: str) -> None:
    """Draw a bar from the row `bottom` upwards."""
    for row, sign in enumerate(_filled(_UP, height, share)):
        canvas.write(x, bottom - row, sign * width, colour)


def interval(canvas: Canvas, area: Region, bar: Bar, palette: Palette) -> None:
    """Draw a scale as a band, on it the interval in a stronger colour and the figure, a dot or a block."""
    last = area.width - 1
    low, value, high = (round(share * last) for share in (bar.low, bar.value, bar.high))
    sure = blend(palette.accent, palette.page, _SURE)
    canvas.fill(area.x, area.y, area.width, area.height, blend(palette.line, palette.page, _SCALE))
    canvas.fill(area.x + low, area.y, high - low + 1, area.height, sure)
    ink = max((palette.ink, palette.page), key=lambda colour: contrast(colour, sure))
    for mark in bar.marks:
        for y in range(area.y, area.bottom):
            canvas.write(area.x + round(mark.place * last), y, "┃", palette.ink, bold=True)
    if area.height == 1:
        canvas.write(area.x + value, area.y, "●", ink, bold=True)
    else:
        left = min(max(value - area.height // 2, 0), area.width - area.height)
        canvas.fill(area.x + left, area.y, area.height, area.height, ink)


def marks_below(lines: Lines, area: Region, bar: Bar, palette: Palette) -> int:
    """Name the marks of a scale in the line below it, the first before others where room is scarce; give its end."""
    taken: list[range] = []
    for mark in bar.marks:
        width = lines.width(mark.label)
        middle = area.x + round(mark.place * (area.width - 1))
        left = min(max(middle - width // 2, area.x), area.right - width)
        if not any(span.start < left + width and left < span.stop for span in taken):
            lines.write(left, area.y, width, mark.label, palette.ink)
            taken.append(range(left - 2, left + width + 2))
    return area.y + (lines.height if taken else 0)


def colour_of(mood: float | None, palette: Palette) -> str:
    """Give the colour of a mood; the accent for what is neither good nor bad."""
    return palette.accent if mood is None else mood_colour(mood, palette)


def _filled(signs: str, length: int, share: float) -> str:
    eighths = max(round(share * length * 8), 1 if share > 0 else 0)
    whole, part = divmod(min(eighths, length * 8), 8)
    return signs[8] * whole + (signs[part] if part else "")
