"""Where a file shall go: places that are there, or a path that is typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.text import clean
from kiosk.ui.keyboards import alphabet_for_paths
from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.grid import for_labels
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.writing import Writing
from kiosk.words import N_

_LONGEST_PATH = 1_000


class FolderView(StaffPage[Path]):
    """Lets staff choose a folder; gives None when they turn away."""

    def __init__(self, look: Look, language: str, idle_seconds: int, places: Sequence[Path]) -> None:
        """Offer `places` to tap, and a line for any other folder."""
        super().__init__(look, language, idle_seconds)
        self._places = tuple(places)
        self._typed = ""
        self._is_typing = False

    def compose(self) -> ComposeResult:
        """Stack the places, the line and the way back."""
        yield Header(self.look, self.language)
        yield Paragraph(
            self.look, self.say(N_("Where shall the file go?")), side="middle", bold=True, growth=1, id="title"
        )
        if labels := [clean(str(place)) for place in self._places]:
            tiles = [Tile(str(number), label, shortcut=str(number + 1)) for number, label in enumerate(labels)]
            yield Tiles(tiles, self.look, lambda width, height: for_labels(labels, width, height), id="choices")
        with Writing():
            hint = self.say(N_("or type a folder"))
            yield Line(self._typed, hint, max_length=_LONGEST_PATH, select_on_focus=False)
            yield Keyboard(self.look, alphabet_for_paths(self.language), self.say, for_paths=True)
        yield Tiles([Tile("cancel", self.say(N_("Cancel")), quiet=True)], self.look, id="actions")

    def on_mount(self) -> None:
        """Show the places first; the keyboard comes when it is wanted."""
        self.on_resize()

    async def recompose(self) -> None:
        """Show everything anew, as after a change of language."""
        await super().recompose()
        self.on_resize()
        if self._is_typing:
            self.query_one(Line).focus()

    def on_resize(self) -> None:
        """Show the keyboard in the place of the places where somebody types and there is room for it."""
        super().on_resize()
        for writing in self.query(Writing):
            writing.show_keyboard(self.app.size, self._is_typing)

    @on(events.DescendantFocus, "Line")
    def begin_to_type(self) -> None:
        """Show the keyboard once the line is touched."""
        self._is_typing = True
        self.on_resize()

    @on(Input.Changed)
    def remember(self, message: Input.Changed) -> None:
        """Keep what is typed over a change of language."""
        self._typed = message.value

    @on(Tiles.Tapped, "#choices")
    def choose(self, message: Tiles.Tapped) -> None:
        """Take a place."""
        message.stop()
        self.finish(self._places[int(message.key)])

    @on(Tiles.Tapped, "#actions")
    def turn_away(self, message: Tiles.Tapped) -> None:
        """Go back without a file."""
        message.stop()
        self.finish(None)

    @on(Input.Submitted)
    def take_typed(self, message: Input.Submitted) -> None:
        """Take a folder that was typed."""
        if message.value.strip():
            self.finish(Path(message.value.strip()))


def places(preferred: Path | None, home: Path) -> list[Path]:
    """Give folders worth offering: the shop's own, sticks and cards that are plugged in, and the home folder."""
    plugged = [mount for root in (Path("/media"), Path("/run/media")) for mount in sorted(root.glob("*/*"))]
    offered = [preferred] if preferred else []
    return [place for place in [*offered, *plugged[:4], home] if _is_folder(place)]


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except OSError:
        return False
