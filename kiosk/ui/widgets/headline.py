"""What is read first: in big letters where there is room, else in the terminal's own."""

from __future__ import annotations

from textual.geometry import Size

from kiosk.ui.canvas import Canvas, wrap_evenly
from kiosk.ui.heights import ROOM_ENOUGH
from kiosk.ui.look import Look, is_upright
from kiosk.ui.picture import Picture
from kiosk.ui.widgets.drawing import Drawing

_SHARE, _SHARE_OF_BLOCKS = 0.3, 0.42
"""Height of the screen that big letters may take, and where they are made of blocks, which are coarse."""
_SHARE_OF_LOW, _SHARE_OF_UPRIGHT = 0.15, 0.18
"""The same on a low screen, and on an upright one, whose letters are held by its width."""


class Headline(Drawing):
    """A centred text that takes as many rows as it needs."""

    def __init__(
        self, look: Look, text: str, *, id: str | None = None, modest: bool = False, scale: float = 1.0
    ) -> None:
        """Show `text`, in at most `scale` of the usual room; a `modest` one leaves a low screen to what is below it."""
        super().__init__(look, id=id)
        self.text, self._modest, self._scale = text, modest, scale
        self.share: float | None = None
        """Height of the screen that big letters may take; None for as much as is usual."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the rows that the text needs on a width."""
        if letters := self._letters(width):
            return self.look.raster.rows(letters.height)
        return max(len(wrap_evenly(self.text, max(width, 1))), 1)

    def draw(self, canvas: Canvas) -> None:
        """Set the text."""
        if letters := self._letters(canvas.width):
            canvas.picture(0, 0, letters)
            return
        for row, line in enumerate(wrap_evenly(self.text, max(canvas.width, 1))):
            canvas.write_centred(0, row, canvas.width, line, self.look.palette.ink, bold=True)

    def _letters(self, width: int) -> Picture | None:
        height = self.app.size.height
        if height < ROOM_ENOUGH and self._modest:
            return None
        share = self._usual_share * self._scale if self.share is None else self.share
        return self.letters(self.text, (width, int(height * share)), self.look.palette.ink)

    @property
    def _usual_share(self) -> float:
        screen, in_pixels = self.app.size, self.look.raster.cell is not None
        if screen.height < ROOM_ENOUGH:
            return _SHARE_OF_LOW
        if not in_pixels:
            return _SHARE_OF_BLOCKS
        return _SHARE_OF_UPRIGHT if is_upright(screen) else _SHARE
