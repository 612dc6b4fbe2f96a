"""The staff's page: today in a few figures, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from textual import on
from textual.app import ComposeResult

from kiosk.text import clean
from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.figures import FigureLine, Figures
from kiosk.ui.widgets.grid import for_labels
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import N_


class StaffAction(Enum):
    """What staff can do."""

    BACK = "back"
    EXPORT = "export"
    SERVICE = "service"
    TEST = "test"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Today:
    """What the page shows."""

    title: str
    lines: Sequence[FigureLine]
    summary: str
    out_of_service: bool
    test_mode: bool
    message: str = ""
    """What became of the last action."""


class StaffView(StaffPage[StaffAction]):
    """Shows today; gives the action that staff chose, None when they went away."""

    def __init__(self, look: Look, language: str, idle_seconds: int, today: Today) -> None:
        """Show `today`."""
        super().__init__(look, language, idle_seconds)
        self._today = today

    def compose(self) -> ComposeResult:
        """Stack the figures, what became of the last action, and the actions."""
        today = self._today
        yield Header(self.look, self.language, title=today.title)
        yield Figures(self.look, today.lines)
        yield Paragraph(self.look, today.summary, id="summary")
        yield Paragraph(self.look, clean(today.message), tone="accent", bold=True, id="message")
        service = N_("Open the kiosk again") if today.out_of_service else N_("Close the kiosk for now")
        test = N_("End test mode") if today.test_mode else N_("Start test mode")
        actions = [
            (StaffAction.BACK, N_("Back to the question"), True),
            (StaffAction.EXPORT, N_("Export today (CSV)"), False),
            (StaffAction.SERVICE, service, False),
            (StaffAction.TEST, test, False),
            (StaffAction.LEAVE, N_("Quit the program"), False),
        ]
        tiles = [
            Tile(action.value, self.say(label), shortcut=str(number), main=main)
            for number, (action, label, main) in enumerate(actions, start=1)
        ]
        labels = [tile.label for tile in tiles]
        yield Tiles(tiles, self.look, lambda width, height: for_labels(labels, width, height), id="choices")

    @on(Tiles.Tapped, "#choices")
    def act(self, message: Tiles.Tapped) -> None:
        """Give the action."""
        message.stop()
        self.finish(StaffAction(message.key))
