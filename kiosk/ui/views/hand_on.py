"""What shall leave the kiosk, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from textual import on
from textual.app import ComposeResult

from kiosk.formats import day_and_month_words
from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import N_


class Place(Enum):
    """Where files can go."""

    STICK = "stick"
    PHONE = "phone"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Order:
    """What staff want."""

    day: date
    formats: tuple[str, ...]
    """At least one."""
    place: Place


_FORMATS = {"pdf": N_("Report"), "xlsx": N_("Excel"), "csv": N_("CSV")}
_USUAL = "pdf"
"""What most want: the page to read, which every phone and printer can show."""
_PLACES = {Place.STICK: N_("USB stick"), Place.PHONE: N_("Phone"), Place.FOLDER: N_("Folder")}
_DAYS = (N_("Today {day}"), N_("Yesterday {day}"))


class HandOnView(StaffPage[Order]):
    """Gives the order once a place is tapped: one tap when today's report is wanted. None when staff turn away."""

    def __init__(self, look: Look, language: str, idle_seconds: int, today: date, places: Sequence[Place]) -> None:
        """Offer today and yesterday, and `places`."""
        super().__init__(look, language, idle_seconds)
        self._days, self._places = (today, today - timedelta(days=1)), tuple(places)
        self._day, self._formats = 0, frozenset({_USUAL})

    def compose(self) -> ComposeResult:
        """Stack the days, the files, the places and the way back."""
        yield Header(self.look, self.language, title=self.say(N_("Hand on")))
        days = [
            Tile(str(number), self.say(label).format(day=day_and_month_words(day, self.language)), quiet=True)
            for number, (label, day) in enumerate(zip(_DAYS, self._days, strict=True))
        ]
        yield _showing(Tiles(days, self.look, id="days"), frozenset({str(self._day)}))
        yield self._caption(N_("Which files?"))
        files = [Tile(name, self.say(label)) for name, label in _FORMATS.items()]
        yield _showing(Tiles(files, self.look, id="files"), self._formats)
        yield self._caption(N_("Where to? A tap begins."))
        places = [
            Tile(place.value, self.say(_PLACES[place]), shortcut=str(number))
            for number, place in enumerate(self._places, start=1)
        ]
        yield Tiles(places, self.look, id="choices")
        yield Tiles([Tile("cancel", self.say(N_("Cancel")), quiet=True)], self.look, id="actions")

    def _caption(self, message: str) -> Paragraph:
        return Paragraph(self.look, self.say(message), side="middle", tone="soft", growth=1, classes="caption")

    @on(Tiles.Tapped, "#days")
    def choose_day(self, message: Tiles.Tapped) -> None:
        """Take a day."""
        message.stop()
        self._day = int(message.key)
        message.tiles.chosen = frozenset({message.key})

    @on(Tiles.Tapped, "#files")
    def choose_file(self, message: Tiles.Tapped) -> None:
        """Take a file, or leave it; the last one stays, as there would be nothing to hand on."""
        message.stop()
        self._formats = self._formats ^ {message.key} or self._formats
        message.tiles.chosen = self._formats

    @on(Tiles.Tapped, "#choices")
    def go(self, message: Tiles.Tapped) -> None:
        """Give the order."""
        message.stop()
        formats = tuple(name for name in _FORMATS if name in self._formats)
        self.finish(Order(self._days[self._day], formats, Place(message.key)))

    @on(Tiles.Tapped, "#actions")
    def turn_away(self, message: Tiles.Tapped) -> None:
        """Go back without a file."""
        message.stop()
        self.finish(None)


def _showing(tiles: Tiles, chosen: frozenset[str]) -> Tiles:
    tiles.chosen = chosen
    return tiles
