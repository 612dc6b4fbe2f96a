"""Text in lines, plain: what people wrote is never taken for markup."""

from __future__ import annotations

from typing import Literal

from textual.geometry import Size
from textual.reactive import reactive
from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing

Side = Literal["left", "middle", "right"]
Tone = Literal["ink", "soft", "accent"]


class Paragraph(Drawing):
    """As many rows as the text needs, or as the style sheet gives; then it stands in their middle or ends in `…`."""

    text: reactive[str] = reactive("", layout=True)

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        side: Side = "left",
        tone: Tone = "ink",
        bold: bool = False,
        id: str | None = None,
    ) -> None:
        """Show `text` in one of the theme's colours."""
        super().__init__(look, id=id)
        self.set_reactive(Paragraph.text, text)
        self._side, self._tone, self._bold = side, tone, bold

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Give the cells that the text needs in one row."""
        return max(wcswidth(self.text), 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the rows that the text needs on a width; none for no text."""
        return len(wrap(self.text, max(width, 1)))

    def draw(self, canvas: Canvas) -> None:
        """Write the lines."""
        colour = str(getattr(self.look.palette, self._tone))
        lines = excerpt(self.text, canvas.width, canvas.height)
        for row, line in enumerate(lines, start=(canvas.height - len(lines)) // 2):
            spare = canvas.width - wcswidth(line)
            left = {"left": 0, "middle": spare // 2, "right": spare}[self._side]
            canvas.write(left, row, line, colour, bold=self._bold)


def excerpt(text: str, width: int, height: int) -> list[str]:
    """Break a text into lines; where there are more than `height`, the last one ends in an ellipsis."""
    lines = wrap(text, max(width, 1))
    if len(lines) <= height:
        return lines
    return [*lines[: height - 1], wrap(lines[height - 1], max(width - 1, 1))[0] + "…"] if height > 0 else []
