"""The hours of the week: a cell for each, in the colour of its figure; thin ones are hatched and say only how many."""

from __future__ import annotations

from textual.geometry import Region

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.charts.sheets import Cell, WeekSheet
from kiosk.ui.charts.strokes import colour_of, fitted
from kiosk.ui.look import Look
from kiosk.ui.theme import contrast
from kiosk.ui.widgets.drawing import Drawing

_LABEL = 4
_NARROWEST = 4
_HIGHEST = 3
_HATCH = "╱"


class WeekChart(Drawing):
    """Draws a week."""

    def __init__(self, look: Look, sheet: WeekSheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Draw the heading, the cells, and what is to be known of them."""
        sheet, palette = self._sheet, self.look.palette
        canvas.write(0, 0, fitted(sheet.title, canvas.width), palette.ink, bold=True)
        if not sheet.hours:
            return self._write_notes(canvas, 2)
        width = max((canvas.width - _LABEL) // len(sheet.hours), _NARROWEST)
        hours = (canvas.width - _LABEL) // width
        notes = sum(len(wrap(note, canvas.width)) for note in sheet.notes)
        height = max(min((canvas.height - 4 - notes) // len(sheet.rows), _HIGHEST), 1)
        for place, hour in enumerate(sheet.hours[:hours]):
            canvas.write_centred(_LABEL + place * width, 2, width, hour, palette.soft)
        for row, (weekday, cells) in enumerate(zip(sheet.weekdays, sheet.rows, strict=True)):
            y = 3 + row * height
            canvas.write(0, y + (height - 1) // 2, weekday, palette.soft)
            for place, cell in enumerate(cells[:hours]):
                self._draw_cell(canvas, Region(_LABEL + place * width, y, width, height), cell)
        return self._write_notes(canvas, 4 + height * len(sheet.rows))

    def _draw_cell(self, canvas: Canvas, area: Region, cell: Cell) -> None:
        palette = self.look.palette
        middle = area.y + (area.height - 1) // 2
        inner = area.width - 1
        if cell.mood is None:
            if cell.number:
                for y in range(area.y, area.bottom):
                    canvas.write(area.x, y, _HATCH * inner, palette.line)
                canvas.write_centred(area.x, middle, inner, f" {cell.number} ", palette.soft)
            return
        ground = colour_of(cell.mood, palette)
        canvas.fill(area.x, area.y, inner, area.height, ground)
        ink = max((palette.ink, palette.page), key=lambda colour: contrast(colour, ground))
        canvas.write_centred(area.x, middle, inner, cell.number, ink, bold=True)

    def _write_notes(self, canvas: Canvas, top: int) -> None:
        lines = [line for note in self._sheet.notes for line in wrap(note, canvas.width)]
        for y, line in enumerate(lines, start=top):
            canvas.write(0, y, line, self.look.palette.soft)
