"""How far a piece of work is, for whoever waits for it."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import reactive

from kiosk.ui.canvas import Canvas
from kiosk.ui.widgets.drawing import Drawing

_NUMBER_WIDTH = 6
_WIDEST = 60


class ProgressBar(Drawing):
    """A line that grows thick from the left, with the per cent at its end, so that it needs no colour."""

    share: reactive[float] = reactive(0.0)
    """What is done, 0 to 1."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the one row it takes."""
        return 1

    def draw(self, canvas: Canvas) -> None:
        """Draw the line in the middle."""
        palette, share = self.look.palette, min(max(self.share, 0.0), 1.0)
        width = min(canvas.width, _WIDEST)
        left, length = (canvas.width - width) // 2, max(width - _NUMBER_WIDTH, 0)
        canvas.write(left, 0, "─" * length, palette.line)
        canvas.write(left, 0, "━" * round(length * share), palette.accent, bold=True)
        canvas.write(left + length, 0, f"{int(share * 100)} %".rjust(_NUMBER_WIDTH), palette.ink, bold=True)
