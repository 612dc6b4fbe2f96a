"""The number pad at the staff door."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.tiles import Tile, Tiles
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
            yield Static(id="dots", markup=False)
            pad = [Tile(digit, digit, shortcut=digit) for digit in "123456789"]
            pad.append(Tile("cancel", self.say(N_("Cancel")), quiet=True))
            pad.append(Tile("0", "0", shortcut="0"))
            pad.append(Tile("done", self.say(N_("OK")), main=True))
            yield Tiles(pad, self.look, lambda _width, _height: 3, id="pad")

    def on_mount(self) -> None:
        """Show no dots yet."""
        self._show_dots()

    def on_key(self, event: events.Key) -> None:
        """Confirm with Enter, correct with Backspace, turn away with Escape."""
        if event.key == "enter":
            self._press("done")
        elif event.key == "backspace":
            self._digits = self._digits[:-1]
            self._show_dots()
        elif event.key == "escape":
            self._press("cancel")

    @on(Tiles.Tapped, "#pad")
    def press(self, message: Tiles.Tapped) -> None:
        """Take one key of the pad."""
        message.stop()
        self._press(message.key)

    def _press(self, key: str) -> None:
        if key == "cancel":
            self.finish(None)
        elif key == "done":
            if self._digits:
                self.finish(self._digits)
        elif len(self._digits) < MOST_DIGITS:
            self._digits += key
            self._show_dots()

    def _show_dots(self) -> None:
        dots = " ".join("●" * len(self._digits)) or "○ ○ ○ ○ ○ ○"
        self.query_one("#dots", Static).update(Content(dots))
