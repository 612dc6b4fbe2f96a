"""The invitation's QR code: dark on light in every theme, or the address in words where a code cannot fit."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget

from kiosk import qr
from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.look import Look
from kiosk.ui.theme import Rgb

_DARK: Rgb = (0, 0, 0)
_LIGHT: Rgb = (255, 255, 255)


class QrCode(Widget):
    """Draws the largest code that fits; never a part of one."""

    def __init__(self, look: Look, url: str) -> None:
        """Lead to `url`."""
        super().__init__()
        self._look, self._url = look, url
        self._drawn: Canvas | None = None

    def width_needed(self, width: int, height: int) -> int:
        """Give the cells across that the code takes where there is room for `width` x `height`, and a small rim."""
        drawing = self._fit(width, height)
        return min(drawing.columns + 4, width) if drawing else width

    def render_line(self, y: int) -> Strip:
        """Give one row of the drawing."""
        if self._drawn is None or (self._drawn.width, self._drawn.height) != self.size:
            self._drawn = self._draw()
        return self._drawn.strip(y)

    def _draw(self) -> Canvas:
        width, height = self.size
        canvas = Canvas(width, height, self._look.palette.page)
        drawing = self._fit(width, height)
        if drawing is None:
            self._write_address(canvas)
            return canvas
        rows = drawing.rows()
        left, top = (width - len(rows[0])) // 2, (height - len(rows)) // 2
        pixels = [[_DARK if pair[half] else _LIGHT for pair in row] for row in rows for half in (0, 1)]
        canvas.picture(left, top, pixels)
        return canvas

    def _fit(self, width: int, height: int) -> qr.Drawing | None:
        return qr.fit(self._url, width, height, self._look.cell_mm(self.app.size))

    def _write_address(self, canvas: Canvas) -> None:
        lines = wrap(qr.spoken(self._url), canvas.width)
        for row, line in enumerate(lines, start=max((canvas.height - len(lines)) // 2, 0)):
            canvas.write_centred(0, row, canvas.width, line, self._look.palette.accent, bold=True)
