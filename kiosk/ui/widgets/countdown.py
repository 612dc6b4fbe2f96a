"""A bar that shrinks as time runs out."""

from __future__ import annotations

from textual.reactive import reactive

from kiosk.ui.canvas import Canvas
from kiosk.ui.widgets.drawing import Drawing


class Countdown(Drawing):
    """One line at the foot of the screen; thick at first, thin at the end, so that it needs no colour."""

    share: reactive[float] = reactive(1.0)
    """What is left, 0 to 1."""

    def draw(self, canvas: Canvas) -> None:
        """Draw the bar."""
        canvas.write(0, 0, "▁" * canvas.width, self.look.palette.line)
        canvas.write(0, 0, "▃" * round(canvas.width * self.share), self.look.palette.accent)
