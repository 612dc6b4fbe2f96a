"""What staff do seldom: test mode, closing the kiosk for a while, connecting it to a hub, erasing, leaving."""

from __future__ import annotations

from enum import Enum

from textual import on
from textual.app import ComposeResult

from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.grid import for_labels
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import N_


class Switch(Enum):
    """What can be done."""

    SERVICE = "service"
    TEST = "test"
    HUB = "hub"
    ERASE = "erase"
    LEAVE = "leave"


class MoreView(StaffPage[Switch]):
    """Gives what staff want to switch; None when they turn away."""

    def __init__(self, look: Look, language: str, idle_seconds: int, *, out_of_service: bool, test_mode: bool) -> None:
        """Offer what the kiosk's state allows."""
        super().__init__(look, language, idle_seconds)
        self._out_of_service, self._test_mode = out_of_service, test_mode

    def compose(self) -> ComposeResult:
        """Put up a large tile for each."""
        yield Header(self.look, self.language, title=self.say(N_("More")))
        service = N_("Open the kiosk again") if self._out_of_service else N_("Close the kiosk for now")
        test = N_("End test mode") if self._test_mode else N_("Start test mode")
        switches = {
            Switch.SERVICE: service,
            Switch.TEST: test,
            Switch.HUB: N_("Connect to a hub"),
            Switch.ERASE: N_("Erase a text"),
            Switch.LEAVE: N_("Quit the program"),
        }
        tiles = [
            Tile(switch.value, self.say(label), shortcut=str(number))
            for number, (switch, label) in enumerate(switches.items(), start=1)
        ]
        labels = [tile.label for tile in tiles]
        yield Tiles(tiles, self.look, lambda width, height: for_labels(labels, width, height), id="choices")
        yield Tiles([Tile("cancel", self.say(N_("Cancel")), quiet=True)], self.look, id="actions")

    @on(Tiles.Tapped, "#choices")
    def switch(self, message: Tiles.Tapped) -> None:
        """Give the choice."""
        message.stop()
        self.finish(Switch(message.key))

    @on(Tiles.Tapped, "#actions")
    def turn_away(self, message: Tiles.Tapped) -> None:
        """Go back without a change."""
        message.stop()
        self.finish(None)
