"""A widget that is one drawing: every cell is its own, and nothing is laid over it."""

from __future__ import annotations

from typing import Self

from rich.segment import ControlType, Segment
from textual.geometry import Offset, Region, Size
from textual.strip import Strip

from kiosk.ui.canvas import Canvas
from kiosk.ui.lettering import Side, lettering, smallest_on
from kiosk.ui.look import Look
from kiosk.ui.picture import Picture
from kiosk.ui.public import PublicApp
from kiosk.ui.sixel import Piece
from kiosk.ui.widgets.unpainted import Steady

_DRAWN = [(ControlType.CURSOR_MOVE_TO, 0, 0)]
"""Marks a segment that takes no room in its row."""


class Drawing(Steady):
    """Base of what is drawn on a canvas. Textual's borders and filters do not apply, which saves time."""

    def __init__(self, look: Look, *, id: str | None = None, classes: str | None = None) -> None:
        """Take the shop's look."""
        super().__init__(id=id, classes=classes)
        self.look = look
        self._canvas: Canvas | None = None
        self._strips: list[Strip] | None = None
        self._where = Offset(), Size()

    def draw(self, canvas: Canvas) -> None:
        """Draw on an empty canvas as large as the widget."""
        raise NotImplementedError

    def letters(
        self,
        text: str,
        room: tuple[int, int],
        colour: str,
        *,
        smallest: int | None = None,
        largest: int | None = None,
        side: Side = "middle",
    ) -> Picture | None:
        """Set a text in big type on `room`, columns and rows of the page; None where the terminal's own is better.

        `smallest` and `largest` are pixels to the em; the smallest are those that can be read on this terminal.
        """
        look = self.look
        return lettering(
            *(text, *look.raster.pixels(*room), colour, look.palette.page),
            smallest=smallest_on(look.raster) if smallest is None else smallest,
            largest=largest,
            side=side,
            smooth=look.smooth,
        )

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew whenever Textual wants to paint a change."""
        self._strips = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the rows of a part of the drawing."""
        where = self.region.offset, self.size
        if self._strips is None or self._where != where:
            self._canvas, self._where = self._drawn(), where
            self._strips = self._strips_of(self._canvas)
        return [strip.crop(crop.x, crop.right) for strip in self._strips[crop.y : crop.bottom]]

    def paint_changes(self) -> None:
        """Draw anew, and paint only the cells and the pieces of pictures that differ from what is on the screen."""
        if self._strips is None or self._canvas is None or self._where != (self.region.offset, self.size):
            return  # all of it is about to be painted
        before, self._canvas = self._canvas, self._drawn()
        self._strips = self._strips_of(self._canvas)
        if cells := self._canvas.changes(before):
            super().refresh(*cells)
        pieces = [self._placed(piece) for piece in self._canvas.sixels if piece not in before.sixels]
        if pieces and isinstance(self.app, PublicApp):
            self.app.paint_pixels("".join(pieces))

    def _drawn(self) -> Canvas:
        canvas = Canvas(*self.size, self.look.palette.page, self.look.raster, has_bold=self.look.smooth)
        self.draw(canvas)
        return canvas

    def _strips_of(self, canvas: Canvas) -> list[Strip]:
        strips = [canvas.strip(y) for y in range(canvas.height)]
        for piece in canvas.sixels:
            strips[piece.row] = Strip([*strips[piece.row], Segment(self._placed(piece), control=_DRAWN)], canvas.width)
        return strips

    def _placed(self, piece: Piece) -> str:
        row, column = self.region.y + piece.row + 1, self.region.x + piece.column + 1
        return f"\x1b7\x1b[{row};{column}H{piece.sequence}\x1b8"  # and back, so that Textual finds its way
