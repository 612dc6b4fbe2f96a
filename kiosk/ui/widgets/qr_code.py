"""The invitation's QR code: dark on light in every theme, or the address in words where a code cannot fit."""

from __future__ import annotations

from functools import lru_cache

from kiosk import qr
from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.look import Look
from kiosk.ui.picture import Picture
from kiosk.ui.theme import Rgb
from kiosk.ui.widgets.drawing import Drawing

_DARK: Rgb = (0, 0, 0)
_LIGHT: Rgb = (255, 255, 255)


class QrCode(Drawing):
    """Draws the largest code that fits; never a part of one."""

    def __init__(self, look: Look, url: str) -> None:
        """Lead to `url`."""
        super().__init__(look)
        self._url = url

    def width_needed(self, width: int, height: int) -> int:
        """Give the cells across that the code takes where there is room for `width` x `height`, and a small rim."""
        drawing = self._fit(width, height)
        return min(drawing.columns + 4, width) if drawing else width

    def draw(self, canvas: Canvas) -> None:
        """Put the code in the middle."""
        if drawing := self._fit(canvas.width, canvas.height):
            left, top = (canvas.width - drawing.columns) // 2, (canvas.height - drawing.height) // 2
            canvas.picture(left, top, _picture(drawing, self.look.raster.cell))
        else:
            self._write_address(canvas)

    def _fit(self, width: int, height: int) -> qr.Drawing | None:
        return qr.fit(self._url, width, height, self.look.cell_mm(self.app.size))

    def _write_address(self, canvas: Canvas) -> None:
        lines = wrap(qr.spoken(self._url), canvas.width)
        for row, line in enumerate(lines, start=max((canvas.height - len(lines)) // 2, 0)):
            canvas.write_centred(0, row, canvas.width, line, self.look.palette.accent, bold=True)


@lru_cache(maxsize=4)
def _picture(drawing: qr.Drawing, cell: tuple[int, int] | None) -> Picture:
    """Draw a code; done once, as every customer waits for the same one."""
    across, down = cell or (1, 2)
    halves = [b"".join(bytes([pair[half]]) * across for pair in row) for row in drawing.rows() for half in (0, 1)]
    pixels = b"".join(halves[2 * y // down] for y in range(drawing.height * down))
    return Picture(drawing.columns * across, drawing.height * down, (_LIGHT, _DARK), pixels)
