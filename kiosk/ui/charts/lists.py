"""Lists for staff: how the kiosk is, and what customers wrote."""

from __future__ import annotations

from textual.geometry import Region

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.charts.sheets import HealthSheet, RemarksSheet
from kiosk.ui.charts.strokes import colour_of, fitted
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

_SIGNS = {"ok": ("✓", 1.0), "warning": ("!", 0.25), "error": ("✗", 0.0)}
_INDENT = 4


class HealthList(Drawing):
    """Draws what is well and what is not; never by colour alone."""

    def __init__(self, look: Look, sheet: HealthSheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Write one fact below the other, each with what can be done."""
        palette, y = self.look.palette, 0
        for fact in self._sheet.facts:
            sign, mood = _SIGNS[fact.state]
            canvas.write(1, y, f" {sign} ", palette.ink, bold=True)
            canvas.write(0, y, "▌", colour_of(mood, palette))
            y = _write(canvas, Region(_INDENT, y, canvas.width - _INDENT, 0), fact.said, palette.ink)
            y = _write(canvas, Region(_INDENT, y, canvas.width - _INDENT, 0), fact.hint, palette.soft) + 1


class RemarksList(Drawing):
    """Draws what customers wrote, the latest first."""

    def __init__(self, look: Look, sheet: RemarksSheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Write one remark below the other, each with its time; a bar at its side has the colour of its mood."""
        palette, y = self.look.palette, 2
        canvas.write(0, 0, fitted(self._sheet.title, canvas.width), palette.ink, bold=True)
        for remark in self._sheet.remarks:
            end = _write(canvas, Region(_INDENT, y, canvas.width - _INDENT, 0), f"“{remark.text}”", palette.ink)
            for row in range(y, end):
                canvas.write(1, row, "▌", palette.line if remark.mood is None else colour_of(remark.mood, palette))
            canvas.write(_INDENT, end, remark.when, palette.soft)
            y = end + 2


def _write(canvas: Canvas, area: Region, text: str, colour: str) -> int:
    """Write a text in lines; give the first row below."""
    lines = wrap(text, max(area.width, 1))
    for y, line in enumerate(lines, start=area.y):
        canvas.write(area.x, y, line, colour)
    return area.y + len(lines)
