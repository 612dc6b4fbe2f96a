"""What is read first: in big letters where there is room, else in the terminal's own."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from kiosk.ui.canvas import Canvas, wrap_evenly
from kiosk.ui.lettering import Pixels, lettering
from kiosk.ui.look import Look

_SHARE_OF_SCREEN = 0.3
"""Height of the screen that big letters may take."""


class Headline(Widget):
    """A centred text that takes as many rows as it needs."""

    def __init__(self, look: Look, text: str, id: str | None = None) -> None:
        """Show `text`."""
        super().__init__(id=id)
        self.text = text
        self._look = look

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the rows that the text needs on a width."""
        if letters := self._letters(width):
            return len(letters) // 2
        return max(len(wrap_evenly(self.text, max(width, 1))), 1)

    def render_line(self, y: int) -> Strip:
        """Give one row."""
        width, height = self.size
        canvas = Canvas(width, height, self._look.palette.page)
        if letters := self._letters(width):
            canvas.picture(0, 0, letters)
        else:
            for row, line in enumerate(wrap_evenly(self.text, max(width, 1))):
                canvas.write_centred(0, row, width, line, self._look.palette.ink, bold=True)
        return canvas.strip(y)

    def _letters(self, width: int) -> Pixels | None:
        palette, height = self._look.palette, int(self.app.size.height * _SHARE_OF_SCREEN) * 2
        return lettering(self.text, width, height, palette.ink, palette.page, smooth=self._look.smooth)
