"""The top of every view: where one is, and the languages."""

from __future__ import annotations

from textual.app import ComposeResult
from wcwidth import wcswidth

from kiosk.ui.look import Look
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Row
from kiosk.words import SPOKEN

LANGUAGE_KEY = "language:"
"""What the key of a tile starts with that changes the language."""


class Header(Row):
    """Says where one is; the language in use is shown as chosen."""

    def __init__(self, look: Look, language: str, title: str | None = None) -> None:
        """Show the shop's name, or another title, and the languages where there is a choice."""
        super().__init__()
        self._look, self._language = look, language
        self._title = look.place if title is None else title

    def compose(self) -> ComposeResult:
        """Put the name at the left, the languages at the right."""
        yield Paragraph(self._look, self._title, tone="soft", bold=True, id="place")
        if len(self._look.languages) > 1:
            yield language_tiles(self._look, self._language)


def language_tiles(look: Look, language: str) -> Tiles:
    """Give the languages of the shop as tiles, as wide as they need to be."""
    named = [(code, SPOKEN.get(code, code)) for code in look.languages]
    choices = [Tile(LANGUAGE_KEY + code, name, short=code.upper(), quiet=True) for code, name in named]
    tiles = Tiles(choices, look, id="languages")
    tiles.chosen = frozenset({LANGUAGE_KEY + language})
    tiles.styles.width = len(named) * (max(wcswidth(name) for _, name in named) + 4)
    tiles.styles.max_width = "100%"
    return tiles
