"""The first words of a text, always in the same room."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.look import Look


class Excerpt(Widget):
    """A centred text, cut with an ellipsis. Its height is the style sheet's, so a long text moves nothing below it."""

    def __init__(self, look: Look, text: str, id: str | None = None) -> None:
        """Show `text`, as much of it as there is room for."""
        super().__init__(id=id)
        self.text = text
        self._palette = look.palette

    def render_line(self, y: int) -> Strip:
        """Give one row."""
        canvas = Canvas(self.size.width, 1, self._palette.page)
        lines = excerpt(self.text, self.size.width, self.size.height)
        if y < len(lines):
            canvas.write_centred(0, 0, canvas.width, lines[y], self._palette.soft)
        return canvas.strip(0)


def excerpt(text: str, width: int, height: int) -> list[str]:
    """Break a text into lines; where there are more than `height`, the last one ends in an ellipsis."""
    lines = wrap(text, max(width, 1))
    if len(lines) <= height:
        return lines
    return [*lines[: height - 1], wrap(lines[height - 1], max(width - 1, 1))[0] + "…"] if height > 0 else []
