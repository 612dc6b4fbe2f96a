"""Text in lines: what people wrote is never taken for markup."""

from __future__ import annotations

from typing import Literal

from textual.geometry import Size
from textual.reactive import reactive
from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap
from kiosk.ui.lettering import Side
from kiosk.ui.look import Look
from kiosk.ui.picture import Picture
from kiosk.ui.widgets.drawing import Drawing

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
        growth: float = 0,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show `text` in one of the theme's colours; with `growth`, larger on a wide screen."""
        super().__init__(look, id=id, classes=classes)
        self.set_reactive(Paragraph.text, text)
        self._side, self._tone, self._bold, self._growth = side, tone, bold, growth

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Give the cells that the text needs in one row."""
        return max(wcswidth(self.text), 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the rows that the text needs on a width; none for no text."""
        if letters := self._letters(width, viewport.height // 4):
            return self.look.raster.rows(letters.height)
        return len(wrap(self.text, max(width, 1)))

    def draw(self, canvas: Canvas) -> None:
        """Write the lines."""
        if letters := self._letters(canvas.width, canvas.height):
            canvas.picture(0, (canvas.height - self.look.raster.rows(letters.height)) // 2, letters)
            return
        colour = self._colour
        lines = excerpt(self.text, canvas.width, canvas.height)
        for row, line in enumerate(lines, start=(canvas.height - len(lines)) // 2):
            spare = canvas.width - wcswidth(line)
            left = {"left": 0, "middle": spare // 2, "right": spare}[self._side]
            canvas.write(left, row, line, colour, bold=self._bold)

    def _letters(self, width: int, height: int) -> Picture | None:
        if not self._growth:
            return None
        largest = int(self._growth * self.look.grown_em(self.app.size))
        return self.letters(self.text, (width, height), self._colour, largest=largest, side=self._side)

    @property
    def _colour(self) -> str:
        return str(getattr(self.look.palette, self._tone))


def excerpt(text: str, width: int, height: int) -> list[str]:
    """Break a text into lines; where there are more than `height`, the last one ends in an ellipsis."""
    lines = wrap(text, max(width, 1))
    if len(lines) <= height:
        return lines
    return [*lines[: height - 1], wrap(lines[height - 1], max(width - 1, 1))[0] + "…"] if height > 0 else []
