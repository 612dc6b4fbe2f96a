"""A figure day by day: a dot in the band of its interval, and a gap where there are too few answers."""

from __future__ import annotations

from textual.geometry import Region

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.charts.sheets import Point, TrendSheet
from kiosk.ui.charts.strokes import fitted
from kiosk.ui.look import Look
from kiosk.ui.theme import blend
from kiosk.ui.widgets.drawing import Drawing

_BAND = 0.75
"""How far the band steps back into the page."""
_WEEK = 7
"""Days from one date below the chart to the next."""


class TrendChart(Drawing):
    """Draws days from left to right, the last one at the right edge."""

    def __init__(self, look: Look, sheet: TrendSheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Draw the title, the days on their scale, and what is to be known of them."""
        sheet, palette = self._sheet, self.look.palette
        notes = [line for note in sheet.notes for line in wrap(note, canvas.width)]
        canvas.write(0, 0, fitted(sheet.title, canvas.width), palette.ink, bold=True)
        left = max(map(len, sheet.ends)) + 1
        area = Region(left, 2, canvas.width - left, max(canvas.height - 5 - len(notes), 1))
        for end, y in zip(sheet.ends, (area.bottom - 1, area.y), strict=True):
            canvas.write(left - 1 - len(end), y, end, palette.soft)
        if sheet.goal is not None:
            canvas.write(area.x, _row(area, sheet.goal), "┄" * area.width, palette.ink)
        self._draw_points(canvas, area)
        for y, line in enumerate(notes, start=area.bottom + 2):
            canvas.write(0, y, line, palette.soft)

    def _draw_points(self, canvas: Canvas, area: Region) -> None:
        palette = self.look.palette
        pitch = max(area.width // max(len(self._sheet.points), 1), 1)
        points = self._sheet.points[-(area.width // pitch) :]
        free = 0
        for place, point in enumerate(points):
            x = area.x + place * pitch
            if point.bar:
                self._draw_point(canvas, area, Region(x, 0, pitch, 0), point)
            else:
                canvas.write(x, area.bottom - 1, "·", palette.line)
            if x >= free and (len(points) - 1 - place) % _WEEK == 0:
                canvas.write(x, area.bottom, point.label, palette.soft)
                free = x + len(point.label) + 1

    def _draw_point(self, canvas: Canvas, area: Region, column: Region, point: Point) -> None:
        palette, bar = self.look.palette, point.bar
        if bar is None:
            return
        top, bottom = _row(area, bar.high), _row(area, bar.low)
        canvas.fill(column.x, top, column.width, bottom - top + 1, blend(palette.accent, palette.page, _BAND))
        canvas.write(column.x + (column.width - 1) // 2, _row(area, bar.value), "●", palette.accent, bold=True)


def _row(area: Region, share: float) -> int:
    return area.bottom - 1 - round(min(max(share, 0.0), 1.0) * (area.height - 1))
