"""One line that staff type: an address, a code."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.ui.keyboards import alphabet_for_paths
from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.writing import Writing
from kiosk.words import N_

_LONGEST = 200


class TypedView(StaffPage[str]):
    """Asks for a line in Latin letters, digits and signs; gives None when staff turn away."""

    def __init__(self, look: Look, language: str, idle_seconds: int, title: str, hint: str, typed: str = "") -> None:
        """Ask with `title`; `hint` stands on the empty line, both already in the right language."""
        super().__init__(look, language, idle_seconds)
        self._title, self._hint, self._typed = title, hint, typed

    def compose(self) -> ComposeResult:
        """Stack the question, the line with its keyboard, and the way back."""
        yield Header(self.look, self.language)
        yield Paragraph(self.look, self._title, side="middle", bold=True, growth=1, id="title")
        with Writing():
            yield Line(self._typed, self._hint, max_length=_LONGEST, select_on_focus=False)
            yield Keyboard(self.look, alphabet_for_paths(self.language), self.say, for_paths=True)
        yield Tiles([Tile("cancel", self.say(N_("Cancel")), quiet=True)], self.look, id="actions")

    def on_mount(self) -> None:
        """Let a keyboard type at once."""
        self.on_resize()
        self.query_one(Line).focus()

    def on_resize(self) -> None:
        """Give the keyboard what room there is."""
        super().on_resize()
        for writing in self.query(Writing):
            writing.show_keyboard(self.app.size)

    @on(Tiles.Tapped, "#actions")
    def turn_away(self, message: Tiles.Tapped) -> None:
        """Go back without a line."""
        message.stop()
        self.finish(None)

    @on(Input.Submitted)
    def take(self, message: Input.Submitted) -> None:
        """Take the line, unless it is empty."""
        if message.value.strip():
            self.finish(message.value.strip())
