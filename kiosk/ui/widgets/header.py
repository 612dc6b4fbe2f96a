"""The top of every view: where one is, and the languages."""

from __future__ import annotations

from textual.app import ComposeResult

from kiosk.ui.look import Look
from kiosk.ui.widgets.languages import Languages
from kiosk.ui.widgets.listen import Listen
from kiosk.ui.widgets.title import Title
from kiosk.ui.widgets.unpainted import Row

_TITLE_WIDTH = 16
"""Cells that the title is left with while the languages still have their names."""


class Header(Row):
    """Says where one is; the language in use is shown as chosen."""

    def __init__(self, look: Look, language: str, title: str | None = None) -> None:
        """Show the shop's logo and name, or another title, and the languages where there is a choice."""
        super().__init__()
        self._look, self._language = look, language
        self._title = title

    def compose(self) -> ComposeResult:
        """Put the title at the left, the voice and the languages at the right."""
        title = self._look.place if self._title is None else self._title
        yield Title(self._look, title, with_logo=self._title is None, id="place")
        listen = Listen(self._look, self._language) if self._look.speaks else None
        if listen is not None:
            yield listen
        if len(self._look.languages) > 1:
            yield Languages(self._look, self._language, _TITLE_WIDTH, listen.width_on if listen else None)
