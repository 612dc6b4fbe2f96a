"""Lists for staff: how the kiosk is, and what customers wrote."""

from __future__ import annotations

from kiosk.ui.canvas import Canvas
from kiosk.ui.charts.lines import Lines
from kiosk.ui.charts.sheets import HealthSheet, RemarksSheet
from kiosk.ui.charts.strokes import colour_of
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
        palette, lines, y = self.look.palette, Lines(self.look, canvas), 0
        indent = _INDENT * lines.height
        for fact in self._sheet.facts:
            sign, mood = _SIGNS[fact.state]
            canvas.fill(0, y, lines.height, lines.height, colour_of(mood, palette))
            lines.write(lines.height + 1, y, indent - lines.height - 1, sign, palette.ink, bold=True)
            y = lines.paragraph(indent, y, canvas.width - indent, fact.said, palette.ink)
            y = lines.paragraph(indent, y, canvas.width - indent, fact.hint, palette.soft) + 1


class RemarksList(Drawing):
    """Draws what customers wrote, the latest first."""

    def __init__(self, look: Look, sheet: RemarksSheet) -> None:
        """Show `sheet`."""
        super().__init__(look, id="chart")
        self._sheet = sheet

    def draw(self, canvas: Canvas) -> None:
        """Write one remark below the other, each with its time; a bar at its side has the colour of its mood."""
        palette, lines = self.look.palette, Lines(self.look, canvas)
        width = canvas.width - _INDENT
        y = lines.write(0, 0, canvas.width, self._sheet.title, palette.ink, bold=True) + 1
        for remark in self._sheet.remarks:
            quoted = f"“{remark.text}”"
            if y + (len(lines.wrap(quoted, width)) + 1) * lines.height > canvas.height:
                return
            end = lines.paragraph(_INDENT, y, width, quoted, palette.ink)
            canvas.fill(1, y, 1, end - y, palette.line if remark.mood is None else colour_of(remark.mood, palette))
            y = lines.write(_INDENT, end, width, remark.when, palette.soft) + 1
