"""The languages to choose from: by name where there is room, else by code, in as many rows as they need."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from textual.geometry import Size
from wcwidth import wcswidth

from kiosk.languages import SPOKEN
from kiosk.ui.canvas import Canvas
from kiosk.ui.heights import ROOM_ENOUGH
from kiosk.ui.look import Look
from kiosk.ui.widgets.boxes import BoxPainter
from kiosk.ui.widgets.painting import Painter, Tile
from kiosk.ui.widgets.tiles import Tiles

LANGUAGE_KEY = "language:"
"""What the key of a tile starts with that changes the language."""

_ROW_HEIGHT = 3
_LOW_ROW_HEIGHT, _HIGH_ROW_HEIGHT = 2, 5
"""Where the screen has few rows, which are all the higher, and where its words are in big type."""
_AIR, _AIR_OF_CODES = 6, 4
"""Cells beside a word in its tile, for both sides together: for the sign of what is chosen, and to part the words."""
_NARROWEST = 6
"""Cells that the tile of a code needs to be hit."""
_WIDEST = 10
"""Cells that it gets where there is room: as many as a finger needs on a panel of unknown size."""


@dataclass(frozen=True, slots=True)
class Lie:
    """How the languages lie."""

    columns: int
    tile_width: int
    named: bool
    """By their names; all of them or none, as two manners in one row look like a mistake."""


def lie_of(languages: tuple[str, ...], width: int, beside: int = 0, letter: float = 1) -> Lie:
    """Choose how languages lie on a width of which `beside` cells had better stay free for other things.

    Names in one row, with letters `letter` cells wide; else codes in one row, whatever stays free; else codes in the
    fewest rows that have room.
    """
    count = len(languages)
    name_width = math.ceil(max(wcswidth(name_of(language)) for language in languages) * letter) + _AIR
    if count * name_width <= width - beside:
        return Lie(count, name_width, named=True)
    code_width = max(_NARROWEST, max(map(len, languages)) + _AIR_OF_CODES)
    most = max(width // code_width, 1)
    rows = -(-count // most)
    columns = -(-count // rows)
    return Lie(columns, max(code_width, min((width - beside) // columns, _WIDEST)), named=False)


def name_of(language: str) -> str:
    """Give what speakers call a language; its code where the kiosk does not know it."""
    return SPOKEN.get(language, language.upper())


def row_height(look: Look, screen: Size) -> int:
    """Give the rows of one row of languages."""
    if look.letter(screen) > 1:
        return _HIGH_ROW_HEIGHT
    return _LOW_ROW_HEIGHT if screen.height < ROOM_ENOUGH else _ROW_HEIGHT


class Languages(Tiles):
    """Tiles to choose a language with, as wide and as high as they need to be; the one in use is shown as chosen."""

    def __init__(self, look: Look, language: str, beside: int = 0, taken: Callable[[int], int] | None = None) -> None:
        """Offer the shop's languages; `beside` as in `lie_of`, `taken` says what others need of a screen's width."""
        choices = [Tile(LANGUAGE_KEY + code, name_of(code), short=code.upper(), quiet=True) for code in look.languages]
        super().__init__(choices, look, self._columns_on, id="languages")
        self.chosen = frozenset({LANGUAGE_KEY + language})
        self.cursor = look.languages.index(language) if language in look.languages else 0
        self._beside, self._taken = beside, taken or (lambda _screen_width: 0)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Give the cells that the languages need in a container, at the most all of it."""
        width = container.width - self._taken(viewport.width)
        lie = lie_of(self.look.languages, width, self._beside, self.look.letter(viewport))
        return min(lie.columns * lie.tile_width, width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the rows that the languages need on their width."""
        rows = -(-len(self.tiles) // lie_of(self.look.languages, width).columns)
        return rows * row_height(self.look, viewport)

    def _columns_on(self, width: int, _height: int) -> int:
        return lie_of(self.look.languages, width).columns

    def painter(self, canvas: Canvas) -> Painter:
        """Give what draws names or codes."""
        named = lie_of(self.look.languages, canvas.width).named
        tiles = self.tiles if named else [replace(tile, label=tile.short) for tile in self.tiles]
        return BoxPainter(self.look, canvas, tiles, self.grid, self.chosen)
