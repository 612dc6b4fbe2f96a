"""The number pad at the staff door."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import N_

MOST_DIGITS = 12


class PinView(StaffPage[str]):
    """Collects digits; gives them when they are confirmed, None when staff turn away. The screen shows dots only."""

    def __init__(self, look: Look, language: str, idle_seconds: int, title: str, detail: str) -> None:
        """Ask for a PIN with `title`; `detail` says what went before, already in the right language."""
        super().__init__(look, language, idle_seconds)
        self._title, self._detail = title, detail
        self._digits = ""

    def compose(self) -> ComposeResult:
        """Stack the words, the dots and the pad."""
        yield Header(self.look, self.language)
        with Vertical(id="door"):
            yield Static(Content(self.say(self._title)), id="title", markup=False)
            yield Static(Content(self._detail), id="detail", markup=False)
            yield Static(self._dots(), id="dots", markup=False)
            pad = [Tile(digit, digit, shortcut=digit) for digit in "123456789"]
            pad.append(Tile("cancel", self.say(N_("Cancel")), shortcut="escape", quiet=True))
            pad.append(Tile("0", "0", shortcut="0"))
            pad.append(Tile("done", self.say(N_("OK")), shortcut="enter", main=True))
            with Center():
                yield Tiles(pad, self.look, lambda _width, _height: 3, id="pad")

    def shortcut(self, key: str) -> None:
        """Tap a key of the pad, or correct with Backspace."""
        if key == "backspace":
            self._digits = self._digits[:-1]
            self._show_dots()
        else:
            super().shortcut(key)

    @on(Tiles.Tapped, "#pad")
    def press(self, message: Tiles.Tapped) -> None:
        """Take one key of the pad."""
        message.stop()
        if message.key == "cancel":
            self.finish(None)
        elif message.key == "done":
            if self._digits:
                self.finish(self._digits)
        elif len(self._digits) < MOST_DIGITS:
            self._digits += message.key
            self._show_dots()

    def _show_dots(self) -> None:
        for dots in self.query("#dots").results(Static):
            dots.update(self._dots())

    def _dots(self) -> Content:
        return Content(" ".join("●" * len(self._digits)) or "○ ○ ○ ○ ○ ○")
