"""Strokes that charts are made of: bars in eighths of a cell, intervals on a scale, and words that fit."""

from __future__ import annotations

from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.charts.sheets import Bar
from kiosk.ui.faces import mood_colour
from kiosk.ui.theme import Palette

_ACROSS = " ▏▎▍▌▋▊▉█"
_UP = " ▁▂▃▄▅▆▇█"


def fitted(text: str, width: int) -> str:
    """Give a text in one line of at most `width` cells; what is cut off is told by an ellipsis."""
    if wcswidth(text) <= width:
        return text
    return (wrap(text, width - 1)[0] + "…") if width > 1 else ""


def bar_across(canvas: Canvas, x: int, y: int, width: int, share: float, colour: str) -> None:
    """Draw a bar from left to right; whatever is more than nothing can be seen."""
    canvas.write(x, y, _filled(_ACROSS, width, share), colour)


def bar_up(canvas: Canvas, x: int, bottom: int, width: int, height: int, share: float, colour: str) -> None:
    """Draw a bar from the row `bottom` upwards."""
    for row, sign in enumerate(_filled(_UP, height, share)):
        canvas.write(x, bottom - row, sign * width, colour)


def interval(canvas: Canvas, x: int, y: int, width: int, bar: Bar, palette: Palette) -> None:
    """Draw a scale, on it the interval as a thick line, and the figure; the goal is a stroke through the scale."""
    last = width - 1
    low, value, high = (round(share * last) for share in (bar.low, bar.value, bar.high))
    canvas.write(x, y, "─" * width, palette.line)
    canvas.write(x + low, y, "━" * (high - low + 1), palette.accent, bold=True)
    if bar.goal is not None:
        canvas.write(x + round(bar.goal * last), y, "┃", palette.ink, bold=True)
    canvas.write(x + value, y, "●", palette.accent, bold=True)


def colour_of(mood: float | None, palette: Palette) -> str:
    """Give the colour of a mood; the accent for what is neither good nor bad."""
    return palette.accent if mood is None else mood_colour(mood, palette)


def _filled(signs: str, length: int, share: float) -> str:
    eighths = max(round(share * length * 8), 1 if share > 0 else 0)
    whole, part = divmod(min(eighths, length * 8), 8)
    return signs[8] * whole + (signs[part] if part else "")
