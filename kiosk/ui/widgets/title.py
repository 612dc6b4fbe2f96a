"""Where one is: the shop's logo, its name, or both."""

from __future__ import annotations

from textual.geometry import Size
from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas
from kiosk.ui.logo import logo_on
from kiosk.ui.look import Look
from kiosk.ui.picture import Picture
from kiosk.ui.widgets.drawing import Drawing
from kiosk.ui.widgets.languages import row_height
from kiosk.ui.widgets.paragraph import excerpt

_GAP = 2
"""Cells between a logo and the name beside it."""
_MARGIN = 1
"""Cells between a logo that carries the name and the languages."""


class Title(Drawing):
    """A title that stays away rather than stand there in pieces."""

    def __init__(self, look: Look, text: str, *, with_logo: bool, id: str | None = None) -> None:
        """Show `text`; the logo stands before it, or in its place if it carries the name."""
        super().__init__(look, id=id)
        self.text, self._with_logo = text, with_logo

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give as many rows as a row of languages has."""
        return row_height(self.look, viewport)

    def draw(self, canvas: Canvas) -> None:
        """Draw the logo where it has room, and write the title where its words are not cut."""
        left, logo = 0, self._logo(canvas)
        if logo is not None:
            canvas.picture(0, 0, logo)
            if self._logo_is_enough:
                return
            left = logo.width // self.look.raster.pixels(1, 1)[0] + _GAP
        width = canvas.width - left
        if self._write_big(canvas, left, width) or any(wcswidth(word) > width for word in self.text.split()):
            return
        lines = excerpt(self.text, width, canvas.height)
        for row, line in enumerate(lines, start=(canvas.height - len(lines)) // 2):
            canvas.write(left, row, line, self.look.palette.soft, bold=True)

    def _write_big(self, canvas: Canvas, left: int, width: int) -> bool:
        """Set the title in big type, if it has room for that."""
        room, largest = (width, canvas.height), self.look.grown_em(self.app.size)
        letters = self.letters(self.text, room, self.look.palette.soft, largest=largest, side="left")
        if letters is None:
            return False
        canvas.picture(left, (canvas.height - self.look.raster.rows(letters.height)) // 2, letters)
        return True

    def _logo(self, canvas: Canvas) -> Picture | None:
        logo = self.look.sign.logo
        if logo is None or not self._with_logo:
            return None
        beside = _MARGIN if self._logo_is_enough else max(map(wcswidth, self.text.split()), default=0) + _GAP
        return logo_on(logo, canvas.width - beside, self.look.raster, self.look.palette.page, canvas.height)

    @property
    def _logo_is_enough(self) -> bool:
        logo = self.look.sign.logo
        return logo is not None and logo.carries_name
