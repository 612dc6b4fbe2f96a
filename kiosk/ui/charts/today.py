"""A day in one look: the figure and how sure it is at the left, how the answers spread at the right."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region

from kiosk.ui.canvas import Canvas
from kiosk.ui.charts.lines import Lines
from kiosk.ui.charts.sheets import Step, TodaySheet
from kiosk.ui.charts.strokes import bar_across, bar_up, colour_of, interval, marks_below
from kiosk.ui.lettering import smallest_on
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

_WIDE = 62
"""Cells from which on there are two columns."""
_LEFT = 0.46
_GUTTER = 4
_LABEL = 0.5
"""Share of a row of bars that its words may take."""
_NUMBER, _HIGHEST_NUMBER = 0.36, 9
"""Share of the rows that the figure may take, and the most of them."""
_ROOMY = 16
"""Lines from which on parts keep a row apart."""
_HIGHEST_HOURS, _LEAST_HOURS, _ROOM_FOR_BOTH = 5, 5, 9
"""Lines that the hours take at the most and at the least, and from which on reasons have room below them."""
_REASONS_BELOW = 3
_FEWEST, _BELOW_STEPS = 16, 11
"""Lines that a day has to have room for: those below the spread are the hours' and the reasons'."""


class TodayChart(Drawing):
    """Draws a day."""

    def __init__(self, look: Look, sheet: TodaySheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Draw both columns, or one below the other."""
        lines = Lines(self.look, canvas, max(_FEWEST, len(self._sheet.steps) + _BELOW_STEPS))
        if canvas.width < _WIDE:
            end = self._draw_figure(canvas, lines, Region(0, 0, canvas.width, canvas.height))
            self._draw_spread(canvas, lines, Region(0, end + 1, canvas.width, canvas.height - end - 1))
            return
        left = int(canvas.width * _LEFT)
        self._draw_figure(canvas, lines, Region(0, 0, left, canvas.height))
        right = left + _GUTTER
        self._draw_spread(canvas, lines, Region(right, 0, canvas.width - right, canvas.height))

    def _draw_figure(self, canvas: Canvas, lines: Lines, area: Region) -> int:
        """Draw the figure and what it means; give the first row below."""
        sheet, soft, y = self._sheet, self.look.palette.soft, area.y
        for line in lines.wrap(sheet.question, area.width)[:2]:
            y = lines.write(area.x, y, area.width, line, soft)
        if sheet.number:
            height = min(_HIGHEST_NUMBER * lines.height, int(area.height * _NUMBER))
            y += self._draw_number(canvas, Region(area.x, y, area.width, height))
        metric = f"{sheet.metric} · {sheet.answers}" if sheet.metric else sheet.answers
        y = lines.paragraph(area.x, y, area.width, metric, soft)
        apart = area.height >= _ROOMY * lines.height
        if sheet.bar:
            y += apart
            interval(canvas, Region(area.x, y, area.width, lines.height), sheet.bar, self.look.palette)
            y = marks_below(lines, Region(area.x, y + lines.height, area.width, 1), sheet.bar, self.look.palette)
            y = lines.write(area.x, y, area.width, sheet.interval, soft)
        return self._write_sentences(lines, Region(area.x, y + 1, area.width, area.bottom - y - 1))

    def _write_sentences(self, lines: Lines, area: Region) -> int:
        """Write what there is to be said, the weightiest first, each whole or not at all; give the first row below."""
        sheet, palette, y = self._sheet, self.look.palette, area.y
        for place, sentence in enumerate((sheet.headline, *sheet.details, *sheet.notes)):
            wrapped = lines.wrap(sentence, area.width)
            if y + len(wrapped) * lines.height > area.bottom:
                break
            for line in wrapped:
                colour = palette.soft if place else palette.ink
                y = lines.write(area.x, y, area.width, line, colour, bold=not place)
        return y

    def _draw_number(self, canvas: Canvas, area: Region) -> int:
        """Set the figure as large as there is room for; give the rows that it takes."""
        look, number = self.look, self._sheet.number
        smallest = smallest_on(look.raster, ["0"])
        letters = self.letters(number, (area.width, area.height), look.palette.ink, smallest=smallest, side="left")
        if letters is None:
            canvas.write(area.x, area.y, number, look.palette.ink, bold=True)
            return 1
        canvas.picture(area.x, area.y, letters)
        return look.raster.rows(letters.height)

    def _draw_spread(self, canvas: Canvas, lines: Lines, area: Region) -> None:
        """Draw how the answers spread, the hours, and the reasons, as far as there are rows."""
        sheet, line = self._sheet, lines.height
        y = self._draw_steps(canvas, lines, area, sheet.steps) + 1
        left = (area.bottom - y) // line
        if sheet.hours and left >= _LEAST_HOURS:
            reasons = len(sheet.reasons[:_REASONS_BELOW]) + 1 if left > _ROOM_FOR_BOTH else 0
            rows = min(_HIGHEST_HOURS, left - 2 - reasons)
            y = self._draw_hours(canvas, lines, Region(area.x, y, area.width, (rows + 2) * line)) + 1
        if sheet.reasons and area.bottom - y >= line:
            self._draw_steps(canvas, lines, Region(area.x, y, area.width, area.bottom - y), sheet.reasons)

    def _draw_steps(self, canvas: Canvas, lines: Lines, area: Region, steps: Sequence[Step]) -> int:
        palette, y = self.look.palette, area.y
        shown = steps[: max(area.height // lines.height, 0)]
        numbers = lines.widest(step.numbers for step in shown)
        label = min(lines.widest(step.label for step in shown), int(area.width * _LABEL))
        bars = Region(area.x + label + 2, 0, max(area.width - label - numbers - 4, 0), lines.height)
        for step in shown:
            bar_across(canvas, Region(bars.x, y, bars.width, bars.height), step.share, colour_of(step.mood, palette))
            lines.write(area.right - numbers, y, numbers, step.numbers, palette.ink, side="right")
            y = lines.write(area.x, y, label, step.label, palette.ink)
        return y

    def _draw_hours(self, canvas: Canvas, lines: Lines, area: Region) -> int:
        """Draw a column for each hour: as high as answers came, in the colour of what they said."""
        palette, hours = self.look.palette, self._sheet.hours
        lines.write(area.x, area.y, area.width, self._sheet.hours_title, palette.soft)
        pitch = max(area.width // len(hours), 1)
        bottom, label = area.bottom - lines.height, lines.widest(hour.label for hour in hours)
        every = max(-(-(label + 1) // pitch), 1)
        for place, hour in enumerate(hours[: area.width // pitch]):
            x = area.x + place * pitch
            colour = palette.line if hour.mood is None else colour_of(hour.mood, palette)
            bar_up(canvas, x, bottom - 1, max(pitch - 1, 1), area.height - 2 * lines.height, hour.share, colour)
            if place % every == 0 and x + label <= area.right:
                lines.write(x, bottom, label, hour.label, palette.soft)
        return area.bottom
