"""Touchpoints, the best first, each with its interval: where two overlap, the order may be chance."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region

from kiosk.ui.canvas import Canvas
from kiosk.ui.charts.lines import Lines
from kiosk.ui.charts.sheets import Rank, RankingSheet
from kiosk.ui.charts.strokes import interval
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

_LABEL = 0.34
_GAP = 2
_NARROWEST_SCALE = 8
"""Cells below which a scale says nothing."""


class RankingChart(Drawing):
    """Draws one table below the other."""

    def __init__(self, look: Look, sheet: RankingSheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Draw the tables, and what is to be known of them."""
        palette, lines, y = self.look.palette, Lines(self.look, canvas), 0
        for title, ranks in self._sheet.tables:
            y = lines.write(0, y, canvas.width, title, palette.ink, bold=True) + 1
            y = self._draw_ranks(canvas, lines, y, ranks) + 1
        for note in self._sheet.notes:
            y = lines.paragraph(0, y, canvas.width, note, palette.soft)

    def _draw_ranks(self, canvas: Canvas, lines: Lines, y: int, ranks: Sequence[Rank]) -> int:
        palette = self.look.palette
        place = lines.widest(rank.place for rank in ranks) + _GAP
        label = min(lines.widest(rank.label for rank in ranks), int(canvas.width * _LABEL))
        number, answers = lines.widest(rank.number for rank in ranks), lines.widest(rank.answers for rank in ranks)
        left = place + label + number + 2 * _GAP
        width = canvas.width - left - answers - _GAP
        for rank in ranks:
            lines.write(0, y, place, rank.place, palette.soft)
            lines.write(place, y, label, rank.label, palette.ink)
            lines.write(place + label + _GAP, y, number, rank.number, palette.ink, bold=True, side="right")
            if rank.bar and width >= _NARROWEST_SCALE:
                interval(canvas, Region(left, y, width, lines.height), rank.bar, palette)
            lines.write(canvas.width - answers, y, answers, rank.answers, palette.soft, side="right")
            y += lines.height + 1
        return y
