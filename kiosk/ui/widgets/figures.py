"""Figures in columns: question, number of answers, mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

_NUMBER_WIDTH = 14


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One row."""

    name: str
    count: str
    mean: str


class Figures(Drawing):
    """A small table without rules; the first line is its heading."""

    def __init__(self, look: Look, lines: Sequence[FigureLine]) -> None:
        """Show `lines`."""
        super().__init__(look)
        self._lines = lines
        self.styles.height = len(lines)

    def draw(self, canvas: Canvas) -> None:
        """Write the lines."""
        palette, room = self.look.palette, max(canvas.width - 2 * _NUMBER_WIDTH, 1)
        for row, line in enumerate(self._lines):
            colour = palette.ink if row else palette.soft
            canvas.write(0, row, (wrap(line.name, room) or [""])[0], colour)
            for column, text in enumerate((line.count, line.mean), start=1):
                right = room + column * _NUMBER_WIDTH
                canvas.write(right - wcswidth(text), row, text, colour, bold=row > 0)
