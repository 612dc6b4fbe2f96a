"""Figures in columns: question, number of answers, mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip
from textual.widget import Widget
from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.look import Look

_NUMBER_WIDTH = 14


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One row."""

    name: str
    count: str
    mean: str


class Figures(Widget):
    """A small table without rules; the first line is its heading."""

    def __init__(self, look: Look, lines: Sequence[FigureLine]) -> None:
        """Show `lines`."""
        super().__init__()
        self._palette, self._lines = look.palette, lines
        self.styles.height = len(lines)

    def render_line(self, y: int) -> Strip:
        """Give one row."""
        palette = self._palette
        canvas = Canvas(self.size.width, 1, palette.page)
        if y >= len(self._lines):
            return canvas.strip(0)
        line, heading = self._lines[y], y == 0
        colour = palette.soft if heading else palette.ink
        room = max(self.size.width - 2 * _NUMBER_WIDTH, 1)
        canvas.write(0, 0, (wrap(line.name, room) or [""])[0], colour)
        for column, text in enumerate((line.count, line.mean), start=1):
            right = room + column * _NUMBER_WIDTH
            canvas.write(right - wcswidth(text), 0, text, colour, bold=not heading)
        return canvas.strip(0)
