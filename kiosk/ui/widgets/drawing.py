"""A widget that is one drawing: every cell is its own, and nothing is laid over it."""

from __future__ import annotations

from typing import Self

from textual.geometry import Region
from textual.strip import Strip

from kiosk.ui.canvas import Canvas
from kiosk.ui.look import Look
from kiosk.ui.widgets.unpainted import Steady


class Drawing(Steady):
    """Base of what is drawn on a canvas. Textual's borders and filters do not apply, which saves time."""

    def __init__(self, look: Look, *, id: str | None = None, classes: str | None = None) -> None:
        """Take the shop's look."""
        super().__init__(id=id, classes=classes)
        self.look = look
        self._strips: list[Strip] | None = None

    def draw(self, canvas: Canvas) -> None:
        """Draw on an empty canvas as large as the widget."""
        raise NotImplementedError

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew whenever Textual wants to paint a change."""
        self._strips = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the rows of a part of the drawing."""
        width, height = self.size
        if self._strips is None or len(self._strips) != height or (height and self._strips[0].cell_length != width):
            canvas = Canvas(width, height, self.look.palette.page)
            self.draw(canvas)
            self._strips = [canvas.strip(y) for y in range(height)]
        return [strip.crop(crop.x, crop.right) for strip in self._strips[crop.y : crop.bottom]]
