"""Everything that can be tapped: a grid of tiles in one widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive

from kiosk.ui.canvas import Canvas
from kiosk.ui.look import Look
from kiosk.ui.widgets.boxes import BoxPainter
from kiosk.ui.widgets.drawing import Drawing
from kiosk.ui.widgets.grid import Arrangement, Grid
from kiosk.ui.widgets.labels import wrapped
from kiosk.ui.widgets.painting import Painter, Tile
from kiosk.ui.widgets.smileys import SmileyPainter

SETTLE_SECONDS = 0.6
"""Tiles take no tap this soon after they appeared: six quick taps were all meant for what was there before."""

_LOW, _HIGH, _HIGH_SCREEN = 3, 5, 30
"""Rows of a tile with one line of words, and those of a screen from which on it may be higher."""

_STEPS = {"left": -1, "right": 1}


class Tiles(Drawing):
    """A grid of tiles. A tap is press and release on one tile; keys move a visible mark and choose."""

    FOCUS_ON_CLICK = False  # a finger needs no focus mark
    can_focus = True

    asleep: reactive[bool] = reactive(False, repaint=False)
    """Asleep, nothing answers: neither tap nor key."""
    chosen: reactive[frozenset[str]] = reactive(frozenset())
    """Keys of the tiles that are shown as chosen."""
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Tapped(Message):
        """A person tapped a tile."""

        tiles: Tiles
        key: str
        """Key of the tile."""

        @property
        def control(self) -> Tiles:
            """Let handlers choose by the id of the widget."""
            return self.tiles

    def __init__(
        self,
        tiles: Sequence[Tile],
        look: Look,
        columns: Callable[[int, int], int] | None = None,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show `tiles`; `columns` chooses their number from the width and height in cells, one row by default."""
        super().__init__(look, id=id, classes=classes)
        self.tiles = tuple(tiles)
        self._columns = columns or (lambda _width, _height: len(self.tiles))
        self._pressed: int | None = None
        self._shut: int | None = None
        self.settle()

    @property
    def grid(self) -> Arrangement:
        """Give the lie of the tiles on the area there is now."""
        return self._grid_on(*self.size)

    def _grid_on(self, width: int, height: int) -> Grid:
        columns = max(1, min(self._columns(width, height), len(self.tiles)))
        return Grid(len(self.tiles), columns, width, height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the rows that tiles with their words need, higher on a screen that has them to spare."""
        grid = self._grid_on(width, _LOW)
        lines = max(len(wrapped(tile.label, grid.slot(0).width - 2)) for tile in self.tiles)
        return grid.rows * (lines - 1 + (_LOW if viewport.height < _HIGH_SCREEN else _HIGH))

    def region_of(self, key: str) -> Region:
        """Give the cells of a tile, within this widget."""
        return self.grid.region([tile.key for tile in self.tiles].index(key))

    def settle(self) -> None:
        """Take no tap for a moment, as tiles that have only just appeared."""
        self._appeared_at = self.look.clock.seconds()

    def tap(self, key: str) -> None:
        """Tap a tile, unless all sleep or have only just appeared."""
        if not self.asleep and self.look.clock.seconds() - self._appeared_at >= SETTLE_SECONDS:
            self.answer(key)

    def answer(self, key: str) -> None:
        """Tell that a tile was tapped."""
        self.post_message(self.Tapped(self, key))

    # ---- finger and mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember the pressed tile; the release decides.

        The mouse is not captured: quick taps on two grids would all go to the one that was touched first.
        """
        event.stop()
        self._pressed = self.grid.place_at(event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """Count the tap when it ends on the tile it began on."""
        event.stop()
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self.grid.place_at(event.x, event.y) == pressed:
            self.tap(self.tiles[pressed].key)

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        """Move the mark with the arrows, choose with Enter or Space."""
        if event.key in ("enter", "space"):
            self.tap(self.tiles[self.cursor].key)
        elif event.key in _STEPS:
            self.cursor = (self.cursor + _STEPS[event.key]) % len(self.tiles)
        elif (place := self._neighbour(event.key)) is not None:
            self.cursor = place
        else:
            return
        event.stop()

    def _neighbour(self, key: str) -> int | None:
        """Give the place above or below the mark; None where there is none, or for another key."""
        grid = self.grid
        region = grid.region(self.cursor)
        rows = {"up": region.y - 1, "down": region.bottom}
        return grid.place_at(region.x + region.width // 2, rows[key]) if key in rows else None

    # ---- drawing

    def shut_eyes(self, place: int | None) -> None:
        """Show the face at a place with its eyes shut, and those of all others open; None opens all."""
        if place != self._shut:
            self._shut = place
            self.paint_changes()

    def on_focus(self) -> None:
        """Draw the mark."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the mark away."""
        self.refresh()

    def draw(self, canvas: Canvas) -> None:
        """Draw the tiles."""
        self.painter(canvas).paint(self.cursor if self.has_focus else None)

    def painter(self, canvas: Canvas) -> Painter:
        """Give what draws the tiles on a canvas as large as the widget."""
        tiles = list(self.tiles)
        if self._shut is not None:
            tiles[self._shut] = replace(tiles[self._shut], eyes_shut=True)
        painter = BoxPainter if tiles[0].mood is None else SmileyPainter
        return painter(self.look, canvas, tiles, self.grid, self.chosen)
