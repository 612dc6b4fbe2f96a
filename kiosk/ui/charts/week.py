"""The hours of the week: a cell for each, in the colour of its figure; thin ones are hatched and say only how many."""

from __future__ import annotations

from textual.geometry import Region

from kiosk.ui.canvas import Canvas
from kiosk.ui.charts.lines import Lines
from kiosk.ui.charts.sheets import Cell, WeekSheet
from kiosk.ui.charts.strokes import colour_of
from kiosk.ui.look import Look
from kiosk.ui.theme import contrast
from kiosk.ui.widgets.drawing import Drawing

_LEAST_AIR = 2
"""Cells beside a number, for both sides together."""
_HIGHEST = 3
"""Lines that a cell is high at the most."""
_HATCH = "╱"


class WeekChart(Drawing):
    """Draws a week."""

    def __init__(self, look: Look, sheet: WeekSheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Draw the heading, the cells, and what is to be known of them."""
        sheet, palette, lines = self._sheet, self.look.palette, Lines(self.look, canvas)
        top, least = 0, (2 + len(sheet.rows)) * lines.height
        if canvas.height >= least:
            top = lines.write(0, 0, canvas.width, sheet.title, palette.ink, bold=True)
            top += canvas.height > least + self._rows_of_notes(lines, canvas.width)
        if sheet.hours:
            top = self._draw_cells(canvas, lines, top)
        for note in sheet.notes:
            top = lines.paragraph(0, top, canvas.width, note, palette.soft)

    def _draw_cells(self, canvas: Canvas, lines: Lines, top: int) -> int:
        sheet, palette = self._sheet, self.look.palette
        label = lines.widest(sheet.weekdays) + 2
        narrowest = lines.widest(cell.number for row in sheet.rows for cell in row) + _LEAST_AIR
        width = max((canvas.width - label) // len(sheet.hours), narrowest)
        hours = (canvas.width - label) // width
        notes = self._rows_of_notes(lines, canvas.width)
        room = (canvas.height - top - lines.height - notes - 1) // len(sheet.rows)
        height = max(min(room, _HIGHEST * lines.height), lines.height)
        for place, hour in enumerate(sheet.hours[:hours]):
            lines.write(label + place * width, top, width - 1, hour, palette.soft, side="middle")
        for row, (weekday, cells) in enumerate(zip(sheet.weekdays, sheet.rows, strict=True)):
            y = top + lines.height + row * height
            lines.write(0, y + (height - lines.height) // 2, label, weekday, palette.soft)
            for place, cell in enumerate(cells[:hours]):
                self._draw_cell(canvas, lines, Region(label + place * width, y, width - 1, height), cell)
        bottom = top + lines.height + height * len(sheet.rows)
        return bottom + (bottom + notes < canvas.height)

    def _draw_cell(self, canvas: Canvas, lines: Lines, area: Region, cell: Cell) -> None:
        palette = self.look.palette
        middle = area.y + (area.height - lines.height) // 2
        if cell.mood is not None:
            ground = colour_of(cell.mood, palette)
            canvas.fill(area.x, area.y, area.width, area.height, ground)
            ink = max((palette.ink, palette.page), key=lambda colour: contrast(colour, ground))
            number = cell.number.rjust(self._digits) if lines.height == 1 else cell.number
            lines.write(area.x, middle, area.width, number, ink, bold=True, side="middle", ground=ground)
        elif cell.number:
            for y in range(area.y, area.bottom):
                canvas.write(area.x, y, _HATCH * area.width, palette.line)
            width = min(lines.width(cell.number) + 2, area.width)
            left = area.x + (area.width - width + (lines.height == 1)) // 2
            canvas.fill(left, middle, width, lines.height, palette.page)
            lines.write(left, middle, width, cell.number, palette.soft, side="middle")

    @property
    def _digits(self) -> int:
        """Give the length of the longest number, by which figures in cells stand below each other."""
        return max(len(cell.number) for row in self._sheet.rows for cell in row)

    def _rows_of_notes(self, lines: Lines, width: int) -> int:
        return sum(len(lines.wrap(note, width)) for note in self._sheet.notes) * lines.height
