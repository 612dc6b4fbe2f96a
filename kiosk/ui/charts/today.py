"""A day in one look: the figure and how sure it is at the left, how the answers spread at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.geometry import Region
from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.charts.sheets import Step, TodaySheet
from kiosk.ui.charts.strokes import bar_across, bar_up, colour_of, fitted, interval
from kiosk.ui.lettering import fitting, lettered, smallest_on
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

_WIDE = 70
"""Cells from which on there are two columns."""
_LEFT = 0.46
_GUTTER = 4
_LABEL = 0.42
"""Share of a row of bars that its words may take."""
_NUMBER, _HIGHEST_NUMBER = 0.36, 9
"""Share of the rows that the figure may take, and the most of them."""
_HIGHEST_HOURS = 5
_ROOMY = 12
"""Rows from which on the scale keeps a row apart from the words."""
_LEAST_HOURS, _ROOM_FOR_BOTH = 5, 9
"""Rows that the hours need, and from which on reasons have room below them."""


class TodayChart(Drawing):
    """Draws a day."""

    def __init__(self, look: Look, sheet: TodaySheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Draw both columns, or one below the other."""
        if canvas.width < _WIDE:
            end = self._draw_figure(canvas, Region(0, 0, canvas.width, canvas.height))
            self._draw_spread(canvas, Region(0, end + 1, canvas.width, canvas.height - end - 1))
            return
        left = int(canvas.width * _LEFT)
        self._draw_figure(canvas, Region(0, 0, left, canvas.height))
        right = left + _GUTTER
        self._draw_spread(canvas, Region(right, 0, canvas.width - right, canvas.height))

    def _draw_figure(self, canvas: Canvas, area: Region) -> int:
        """Draw the figure and what it means; give the first row below."""
        sheet, palette = self._sheet, self.look.palette
        y = area.y
        for line in wrap(sheet.question, area.width)[:2]:
            canvas.write(area.x, y, line, palette.soft)
            y += 1
        if sheet.number:
            y += self._draw_number(
                canvas, Region(area.x, y, area.width, min(_HIGHEST_NUMBER, int(area.height * _NUMBER)))
            )
        for line in wrap(f"{sheet.metric} · {sheet.answers}" if sheet.metric else sheet.answers, area.width):
            canvas.write(area.x, y, line, palette.soft)
            y += 1
        if sheet.bar:
            interval(canvas, area.x, y + 1 if area.height > _ROOMY else y, area.width, sheet.bar, palette)
            y += 2 if area.height > _ROOMY else 1
            canvas.write(area.x, y, fitted(sheet.interval, area.width), palette.soft)
            y += 2
        for line, bold in self._sentences(area.width):
            if y >= area.bottom:
                break
            canvas.write(area.x, y, line, palette.ink if bold else palette.soft, bold=bold)
            y += 1
        return y

    def _sentences(self, width: int) -> Iterator[tuple[str, bool]]:
        sheet = self._sheet
        yield from ((line, True) for line in wrap(sheet.headline, width))
        for sentence in (*sheet.details, *sheet.notes):
            yield from ((line, False) for line in wrap(sentence, width))

    def _draw_number(self, canvas: Canvas, area: Region) -> int:
        """Set the figure as large as there is room for; give the rows that it takes."""
        look, number = self.look, self._sheet.number
        across, down = look.raster.pixels(area.width, area.height)
        size = fitting((number,), across, down, smallest_on(look.raster, ["0"]))
        if size is None:
            canvas.write(area.x, area.y, number, look.palette.ink, bold=True)
            return 1
        palette = look.palette
        letters = lettered(number, size, across, palette.ink, palette.page, side="left", smooth=look.smooth)
        canvas.picture(area.x, area.y, letters)
        return look.raster.rows(letters.height)

    def _draw_spread(self, canvas: Canvas, area: Region) -> None:
        """Draw how the answers spread, the hours, and the reasons, as far as there are rows."""
        sheet = self._sheet
        y = self._draw_steps(canvas, area, sheet.steps) + 1
        left = area.bottom - y
        if sheet.hours and left >= _LEAST_HOURS:
            rows = min(_HIGHEST_HOURS, left - 2 - (len(sheet.reasons[:3]) + 1 if left > _ROOM_FOR_BOTH else 0))
            y = self._draw_hours(canvas, Region(area.x, y, area.width, rows + 2)) + 1
        if sheet.reasons and area.bottom - y > 0:
            self._draw_steps(canvas, Region(area.x, y, area.width, area.bottom - y), sheet.reasons)

    def _draw_steps(self, canvas: Canvas, area: Region, steps: Sequence[Step]) -> int:
        palette = self.look.palette
        shown = steps[: max(area.height, 0)]
        numbers = max((wcswidth(step.numbers) for step in shown), default=0)
        label = min(max((wcswidth(step.label) for step in shown), default=0), int(area.width * _LABEL))
        width = area.width - label - numbers - 4
        for y, step in enumerate(shown, start=area.y):
            canvas.write(area.x, y, fitted(step.label, label), palette.ink)
            bar_across(canvas, area.x + label + 2, y, width, step.share, colour_of(step.mood, palette))
            canvas.write(area.right - wcswidth(step.numbers), y, step.numbers, palette.ink)
        return area.y + len(shown)

    def _draw_hours(self, canvas: Canvas, area: Region) -> int:
        """Draw a column for each hour: as high as answers came, in the colour of what they said."""
        palette, hours = self.look.palette, self._sheet.hours
        canvas.write(area.x, area.y, fitted(self._sheet.hours_title, area.width), palette.soft)
        pitch = max(area.width // len(hours), 1)
        bottom = area.bottom - 2
        for place, hour in enumerate(hours[: area.width // pitch]):
            x = area.x + place * pitch
            colour = palette.line if hour.mood is None else colour_of(hour.mood, palette)
            bar_up(canvas, x, bottom, max(pitch - 1, 1), area.height - 2, hour.share, colour)
            if pitch > wcswidth(hour.label):
                canvas.write(x, bottom + 1, hour.label, palette.soft)
        return area.bottom
