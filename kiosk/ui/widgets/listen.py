"""The button that starts the voice."""

from __future__ import annotations

from textual.geometry import Size
from wcwidth import wcswidth

from kiosk.ui.look import Look
from kiosk.ui.widgets.languages import row_height
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import N_, words

LISTEN_KEY = "*"
"""The key of a keyboard or number pad that starts the voice, or lets it read again."""

_SIGN = "♪"
_SIGN_WIDTH = 6
"""Cells of the button where only its sign is shown."""
_AIR = 4
_WIDE = 70
"""Columns of a screen from which on the button says what it does in a word."""


class Listen(Tiles):
    """One tile at the top of a view, as wide as it has to be."""

    def __init__(self, look: Look, language: str) -> None:
        """Say `Listen` in a language, or show its sign on a narrow screen."""
        word = words(language)(N_("Listen"))
        super().__init__([Tile("listen", f"{_SIGN} {word}", short=_SIGN, quiet=True)], look, id="listen")

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Give the cells that the button needs."""
        return self.width_on(viewport.width)

    def width_on(self, screen_width: int) -> int:
        """Give the cells of the button on a screen."""
        return wcswidth(self.tiles[0].label) + _AIR if screen_width >= _WIDE else _SIGN_WIDTH

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give as many rows as a row of languages has."""
        return row_height(self.look, viewport)
