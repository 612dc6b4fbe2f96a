"""A figure day by day: a line in the band of its interval, and a gap where there are too few answers."""

from __future__ import annotations

from textual.geometry import Region

from kiosk.ui.canvas import Canvas
from kiosk.ui.charts.band import band_picture
from kiosk.ui.charts.lines import Lines
from kiosk.ui.charts.sheets import TrendSheet
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

_LOW = 12
"""Lines below which a chart has no room for notes and air."""
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
        sheet, palette, lines = self._sheet, self.look.palette, Lines(self.look, canvas)
        is_low = canvas.height < _LOW * lines.height
        top = self._write_title(canvas, lines, is_low)
        notes = sum(len(lines.wrap(note, canvas.width)) for note in sheet.notes) * lines.height
        air = 0 if is_low else 1
        left = lines.widest([*sheet.ends, sheet.goal.label if sheet.goal else ""]) + 1
        height = canvas.height - top - lines.height - (0 if is_low else notes + 3)
        area = Region(left, top + air, canvas.width - left, max(height, 1))
        self._write_scale(lines, area)
        self._draw_days(canvas, lines, area)
        y = area.bottom + lines.height + air
        for note in sheet.notes:
            y = lines.paragraph(0, y, canvas.width, note, palette.soft)

    def _write_title(self, canvas: Canvas, lines: Lines, is_low: bool) -> int:
        """Write the question and its metric, below each other if need be and if there is room; give the row below."""
        titles, y = [*filter(None, (self._sheet.title, self._sheet.metric))], 0
        together = " · ".join(titles)
        for line in [together] if is_low or lines.width(together) <= canvas.width else titles:
            y = lines.write(0, y, canvas.width, line, self.look.palette.ink, bold=True)
        return y

    def _write_scale(self, lines: Lines, area: Region) -> None:
        """Write the ends of the scale and the goal beside it; the goal where it would hide an end."""
        sheet, palette, last = self._sheet, self.look.palette, area.bottom - lines.height
        taken = None
        if sheet.goal:
            taken = area.y + round((1 - sheet.goal.place) * (last - area.y))
            lines.write(0, taken, area.x - 1, sheet.goal.label, palette.ink, side="right")
        for end, y in zip(sheet.ends, (last, area.y), strict=True):
            if taken is None or abs(y - taken) >= lines.height:
                lines.write(0, y, area.x - 1, end, palette.soft, side="right")

    def _draw_days(self, canvas: Canvas, lines: Lines, area: Region) -> None:
        sheet, look = self._sheet, self.look
        days = sheet.points[-max(area.width, 1) :]
        if not days:
            return
        pitch = area.width / len(days)
        goal = sheet.goal.place if sheet.goal else None
        size = look.raster.pixels(area.width, area.height)
        canvas.picture(area.x, area.y, band_picture([day.bar for day in days], goal, size, look.palette))
        free = 0
        for place, day in enumerate(days):
            width = lines.width(day.label)
            x = min(area.x + round(place * pitch), canvas.width - width)
            if x >= free and (len(days) - 1 - place) % _WEEK == 0:
                lines.write(x, area.bottom, width, day.label, look.palette.soft)
                free = x + width + 1
