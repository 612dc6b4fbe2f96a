"""A bar that shrinks as time runs out."""

from __future__ import annotations

from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kiosk.ui.canvas import Canvas
from kiosk.ui.look import Look


class Countdown(Widget):
    """One line at the foot of the screen; full at first, empty at the end."""

    share: reactive[float] = reactive(1.0)
    """What is left, 0 to 1."""

    def __init__(self, look: Look) -> None:
        """Take the colours of the theme."""
        super().__init__()
        self._palette = look.palette

    def render_line(self, y: int) -> Strip:
        """Give the bar."""
        width = self.size.width
        canvas = Canvas(width, 1, self._palette.page)
        left = round(width * self.share)
        canvas.write(0, 0, "▁" * width, self._palette.line)
        canvas.write(0, 0, "▁" * left, self._palette.accent)
        return canvas.strip(0)
