"""Everything that can be tapped: a grid of tiles in one widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from wcwidth import wcswidth

from kiosk.ui.canvas import Canvas, wrap_evenly
from kiosk.ui.faces import face
from kiosk.ui.look import Look
from kiosk.ui.widgets.grid import Grid

_TALL_ENOUGH_FOR_GAPS = 3
_WIDE_ENOUGH_FOR_GAPS = 4
SETTLE_SECONDS = 0.4
"""Tiles take no tap this soon after they appeared: the tail of a double tap was meant for what was there before."""

_STEPS = {"left": -1, "right": 1}


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing to tap."""

    key: str
    """What is posted when it is tapped."""
    label: str
    short: str = ""
    """What to say where the label is too wide."""
    shortcut: str = ""
    """The key of a keyboard or number pad that taps it."""
    mood: float | None = None
    """Drawn as a face of this mood, 0 worst to 1 best."""
    main: bool = False
    """The one action that stands out."""
    quiet: bool = False
    """Drawn without a box."""


class Tiles(Widget):
    """A grid of tiles. A tap is press and release on one tile; keys move a visible mark and choose."""

    FOCUS_ON_CLICK = False  # a finger needs no focus mark
    can_focus = True

    asleep: reactive[bool] = reactive(False)
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
        super().__init__(id=id, classes=classes)
        self.tiles = tuple(tiles)
        self._look = look
        self._palette = look.palette
        self._columns = columns or (lambda _width, _height: len(self.tiles))
        self._appeared_at = look.clock.seconds()
        self._pressed: int | None = None
        self._drawn: Canvas | None = None

    @property
    def grid(self) -> Grid:
        """Give the lie of the tiles on the area there is now."""
        width, height = self.size
        columns = max(1, min(self._columns(width, height), len(self.tiles)))
        return Grid(len(self.tiles), columns, width, height)

    def region_of(self, key: str) -> Region:
        """Give the cells of a tile, within this widget."""
        return self.grid.region([tile.key for tile in self.tiles].index(key))

    def tap(self, key: str) -> None:
        """Tap a tile, unless all sleep or have only just appeared."""
        if not self.asleep and self._look.clock.seconds() - self._appeared_at >= SETTLE_SECONDS:
            self.post_message(self.Tapped(self, key))

    # ---- finger and mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember the pressed tile; the release decides."""
        event.stop()
        self._pressed = self.grid.place_at(event.x, event.y)
        self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Count the tap when it ends on the tile it began on."""
        event.stop()
        self.release_mouse()
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
        elif event.key in ("up", "down"):
            step = self.grid.columns if event.key == "down" else -self.grid.columns
            if 0 <= self.cursor + step < len(self.tiles):
                self.cursor += step
        else:
            return
        event.stop()

    # ---- drawing

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew whenever Textual wants to paint a change."""
        self._drawn = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_focus(self) -> None:
        """Draw the mark."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the mark away."""
        self.refresh()

    def on_unmount(self) -> None:
        """Let go of a finger that still lies on the glass."""
        self.release_mouse()

    def render_line(self, y: int) -> Strip:
        """Give one row of the drawing."""
        if self._drawn is None or (self._drawn.width, self._drawn.height) != self.size:
            self._drawn = self._draw()
        return self._drawn.strip(y)

    def _draw(self) -> Canvas:
        canvas = Canvas(self.size.width, self.size.height, self._palette.page)
        grid = self.grid
        for place, tile in enumerate(self.tiles):
            region = grid.region(place)
            if tile.mood is None:
                self._draw_box(canvas, region, tile)
            else:
                self._draw_face(canvas, region, tile)
            if self.has_focus and place == self.cursor:
                self._draw_mark(canvas, region)
        return canvas

    def _draw_face(self, canvas: Canvas, region: Region, tile: Tile) -> None:
        """Draw a face above its words; all faces of a row are of one size and on one level."""
        palette = self._palette
        size, words = self._face_size(), self._label_lines()
        top = region.y + max((region.height - size // 2 - words - 1) // 2, 0)
        faded = bool(self.chosen) and tile.key not in self.chosen
        picture = face(tile.mood or 0.0, size, palette, faded=faded, smooth=self._look.smooth)
        canvas.picture(region.x + (region.width - size) // 2, top, picture)
        ink = palette.soft if faded else palette.ink
        for row, line in enumerate(_wrapped(tile.label, self._narrowest()), start=top + size // 2 + 1):
            canvas.write_centred(region.x, row, region.width, line, ink, bold=not faded)

    def _face_size(self) -> int:
        """Give the pixels of a face, an even number: as many as the narrowest tile has room for."""
        regions = [self.grid.region(place) for place in range(len(self.tiles))]
        room = min(min(region.width - 2, 2 * (region.height - self._label_lines() - 1)) for region in regions)
        return max(room // 2 * 2, 2)

    def _label_lines(self) -> int:
        return max(len(_wrapped(tile.label, self._narrowest())) for tile in self.tiles)

    def _narrowest(self) -> int:
        return min(self.grid.region(place).width for place in range(len(self.tiles)))

    def _draw_box(self, canvas: Canvas, region: Region, tile: Tile) -> None:
        palette = self._palette
        chosen = tile.key in self.chosen
        ground, ink = palette.tile, palette.ink
        if chosen or tile.main:
            ground, ink = palette.accent, palette.on_accent
        elif tile.quiet:
            ground, ink = palette.page, palette.soft
        box = self._box(region)
        canvas.fill(*box, ground)
        label = tile.label
        if tile.short and wcswidth(label) > box.width:
            label = tile.short
        lines = _wrapped(label, box.width)[: box.height]
        top = box.y + (box.height - len(lines)) // 2
        for row, line in enumerate(lines, start=top):
            canvas.write_centred(box.x, row, box.width, line, ink, bold=not tile.quiet)

    def _box(self, region: Region) -> Region:
        """Give what is painted of a tile: a cell less at the sides, and a row less where rows lie below each other."""
        side = 1 if region.width > _WIDE_ENOUGH_FOR_GAPS else 0
        below = 1 if self.grid.rows > 1 and region.height >= _TALL_ENOUGH_FOR_GAPS else 0
        return Region(region.x + side, region.y, region.width - 2 * side, region.height - below)

    def _draw_mark(self, canvas: Canvas, region: Region) -> None:
        """Frame the tile under the mark with corners that no colour is needed to see."""
        ink = self._palette.ink
        right, bottom = region.right - 1, region.bottom - 1
        if region.height < _TALL_ENOUGH_FOR_GAPS:
            canvas.write(region.x, region.y, "▶", ink, bold=True)
            canvas.write(right, region.y, "◀", ink, bold=True)
            return
        across = "━" * max(region.width - 2, 0)
        canvas.write(region.x, region.y, f"┏{across}┓", ink, bold=True)
        canvas.write(region.x, bottom, f"┗{across}┛", ink, bold=True)
        for row in range(region.y + 1, bottom):
            canvas.write(region.x, row, "┃", ink, bold=True)
            canvas.write(right, row, "┃", ink, bold=True)


def _wrapped(label: str, width: int) -> list[str]:
    """Break a label into lines with a little air at both sides, unless a word needs all of the width."""
    longest = max((wcswidth(word) for word in label.split()), default=0)
    return wrap_evenly(label, max(min(max(width - 2, longest), width), 1))
