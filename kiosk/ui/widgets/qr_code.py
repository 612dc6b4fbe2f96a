"""The invitation's QR code: dark on light in every theme, or the address in words where a code cannot fit."""

from __future__ import annotations

from functools import lru_cache

from textual.geometry import Size

from kiosk import qr
from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.look import Look
from kiosk.ui.picture import Picture
from kiosk.ui.theme import Rgb
from kiosk.ui.widgets.drawing import Drawing

_DARK: Rgb = (0, 0, 0)
_LIGHT: Rgb = (255, 255, 255)
_FINEST_PIXELS = 4
"""Pixels to a module below which it would be finer than half a millimetre on panels of common sharpness."""


class QrCode(Drawing):
    """Draws the largest code that fits; never a part of one."""

    def __init__(self, look: Look, url: str) -> None:
        """Lead to `url`."""
        super().__init__(look)
        self._url = url

    def width_needed(self, width: int, height: int) -> int:
        """Give the cells across that the code takes where there is room for `width` x `height`, and a small rim."""
        drawing = self._fit(width, height)
        return min(self._cells(drawing).width + 4, width) if drawing else width

    def fits(self, width: int, height: int) -> bool:
        """Tell whether there is a code for so much room; else the address stands there in words."""
        return self._fit(width, height) is not None

    def draw(self, canvas: Canvas) -> None:
        """Put the code in the middle."""
        if drawing := self._fit(canvas.width, canvas.height):
            size = self._cells(drawing)
            left, top = (canvas.width - size.width) // 2, (canvas.height - size.height) // 2
            canvas.picture(left, top, _picture(drawing, *self.look.raster.pixels(*size)))
        else:
            self._write_address(canvas)

    def _fit(self, width: int, height: int) -> qr.Drawing | None:
        raster, cell_mm = self.look.raster, self.look.cell_mm(self.app.size)
        across, down = raster.pixels(1, 1)
        dot_mm = (cell_mm[0] / across, cell_mm[1] / down) if cell_mm else None
        return qr.fit(self._url, *raster.pixels(width, height), dot_mm, _FINEST_PIXELS if raster.cell else 1)

    def _cells(self, drawing: qr.Drawing) -> Size:
        """Give the cells that a code lies on."""
        across, down = self.look.raster.pixels(1, 1)
        return Size(-(-drawing.side // across), -(-drawing.side // down))

    def _write_address(self, canvas: Canvas) -> None:
        lines = wrap(qr.spoken(self._url), canvas.width)
        for row, line in enumerate(lines, start=max((canvas.height - len(lines)) // 2, 0)):
            canvas.write_centred(0, row, canvas.width, line, self.look.palette.accent, bold=True)


@lru_cache(maxsize=4)
def _picture(drawing: qr.Drawing, width: int, height: int) -> Picture:
    """Draw a code on a light ground of so many dots; done once, as every customer waits for the same one."""
    left, top = (width - drawing.side) // 2, (height - drawing.side) // 2
    quiet = bytes(width)
    rows = [bytes(drawing.row(y)) for y in range(0, drawing.side, drawing.scale)]
    padded = [bytes(left) + row + bytes(width - left - drawing.side) for row in rows for _ in range(drawing.scale)]
    pixels = quiet * top + b"".join(padded) + quiet * (height - top - drawing.side)
    return Picture(width, height, (_LIGHT, _DARK), pixels)
