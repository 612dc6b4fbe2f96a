"""The number pad at the staff door."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Column
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
        """Put the words and the dots above the pad; on a low screen beside it, so that its keys stay high enough."""
        yield Header(self.look, self.language)
        with Column(id="door"):
            with Column(id="asked"):
                yield Paragraph(self.look, self.say(self._title), side="middle", bold=True, growth=1, id="title")
                yield Paragraph(self.look, self._detail, side="middle", tone="soft", growth=1, id="detail")
                yield Paragraph(self.look, self._dots(), side="middle", id="dots")
            pad = [Tile(digit, digit, shortcut=digit) for digit in "123456789"]
            pad.append(Tile("cancel", self.say(N_("Cancel")), shortcut="escape", quiet=True))
            pad.append(Tile("0", "0", shortcut="0"))
            pad.append(Tile("done", self.say(N_("OK")), shortcut="enter", main=True))
            with Column(id="keys"):
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
        for dots in self.query("#dots").results(Paragraph):
            dots.text = self._dots()

    def _dots(self) -> str:
        return " ".join("●" * len(self._digits)) or "○ ○ ○ ○ ○ ○"
