"""What is read first: in big letters where there is room, else in the terminal's own."""

from __future__ import annotations

from textual.geometry import Size

from kiosk.ui.canvas import Canvas, wrap_evenly
from kiosk.ui.lettering import Pixels, lettering
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

_SHARE_OF_SCREEN = 0.3
"""Height of the screen that big letters may take."""


class Headline(Drawing):
    """A centred text that takes as many rows as it needs."""

    def __init__(self, look: Look, text: str, id: str | None = None) -> None:
        """Show `text`."""
        super().__init__(look, id=id)
        self.text = text

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the rows that the text needs on a width."""
        if letters := self._letters(width):
            return len(letters) // 2
        return max(len(wrap_evenly(self.text, max(width, 1))), 1)

    def draw(self, canvas: Canvas) -> None:
        """Set the text."""
        if letters := self._letters(canvas.width):
            canvas.picture(0, 0, letters)
            return
        for row, line in enumerate(wrap_evenly(self.text, max(canvas.width, 1))):
            canvas.write_centred(0, row, canvas.width, line, self.look.palette.ink, bold=True)

    def _letters(self, width: int) -> Pixels | None:
        palette, height = self.look.palette, int(self.app.size.height * _SHARE_OF_SCREEN) * 2
        return lettering(self.text, width, height, palette.ink, palette.page, smooth=self.look.smooth)
