"""Touchpoints, the best first, each with its interval: where two overlap, the order may be chance."""

from __future__ import annotations

from collections.abc import Sequence

from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.charts.sheets import Rank, RankingSheet
from kiosk.ui.charts.strokes import fitted, interval
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

_LABEL = 0.34
_PLACE = 5


class RankingChart(Drawing):
    """Draws one table below the other."""

    def __init__(self, look: Look, sheet: RankingSheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Draw the tables, and what is to be known of them."""
        palette, y = self.look.palette, 0
        for title, ranks in self._sheet.tables:
            canvas.write(0, y, fitted(title, canvas.width), palette.ink, bold=True)
            y = self._draw_ranks(canvas, y + 2, ranks) + 1
        for note in self._sheet.notes:
            for line in wrap(note, canvas.width):
                canvas.write(0, y, line, palette.soft)
                y += 1

    def _draw_ranks(self, canvas: Canvas, y: int, ranks: Sequence[Rank]) -> int:
        palette = self.look.palette
        label = min(max((wcswidth(rank.label) for rank in ranks), default=0), int(canvas.width * _LABEL))
        number = max((wcswidth(rank.number) for rank in ranks), default=0)
        answers = max((wcswidth(rank.answers) for rank in ranks), default=0)
        left = _PLACE + label + number + 4
        width = canvas.width - left - answers - 2
        for rank in ranks:
            canvas.write(0, y, rank.place, palette.soft)
            canvas.write(_PLACE, y, fitted(rank.label, label), palette.ink)
            canvas.write(_PLACE + label + 2 + number - wcswidth(rank.number), y, rank.number, palette.ink, bold=True)
            if rank.bar and width > 0:
                interval(canvas, left, y, width, rank.bar, palette)
            canvas.write(canvas.width - wcswidth(rank.answers), y, rank.answers, palette.soft)
            y += 1
        return y
