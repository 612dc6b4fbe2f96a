"""The staff's pages: what the day, the week and the kiosk are like, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from textual import on
from textual.app import ComposeResult

from kiosk.text import clean
from kiosk.ui.charts.chart import chart_of
from kiosk.ui.charts.sheets import Sheet
from kiosk.ui.look import Look
from kiosk.ui.view import View
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import N_


class Page(Enum):
    """What staff can look at."""

    TODAY = "today"
    WEEK = "week"
    TOUCHPOINTS = "touchpoints"
    TREND = "trend"
    REMARKS = "remarks"
    HEALTH = "health"


class StaffAction(Enum):
    """What staff can do from any page."""

    BACK = "back"
    EXPORT = "export"
    CLOSE_DAY = "close_day"
    MORE = "more"


_TITLES = {
    Page.TODAY: N_("Today"),
    Page.WEEK: N_("Week"),
    Page.TOUCHPOINTS: N_("Places"),
    Page.TREND: N_("Trend"),
    Page.REMARKS: N_("Remarks"),
    Page.HEALTH: N_("Kiosk"),
}
_ACTIONS = {
    StaffAction.BACK: N_("Back"),
    StaffAction.EXPORT: N_("Hand on"),
    StaffAction.CLOSE_DAY: N_("Close the day"),
    StaffAction.MORE: N_("More"),
}


_TWO_ROWS = 3
"""Rows from which on the pages may lie in two rows."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before staff."""

    title: str
    page: Page
    sheet: Sheet | None
    """None while the figures cannot be read."""
    message: str = ""
    """What became of the last action, or why there is no sheet."""


class StaffView(StaffPage[Page | StaffAction]):
    """Shows one page; gives the page or the action that staff chose, None when they went away."""

    def __init__(self, look: Look, language: str, idle_seconds: int, desk: Desk) -> None:
        """Show a page."""
        super().__init__(look, language, idle_seconds)
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Stack the pages to turn to, the page, what became of the last action, and the actions."""
        desk = self._desk
        yield Header(self.look, self.language, title=desk.title)
        titles = [Tile(page.value, self.say(_TITLES[page]), quiet=True) for page in Page]
        tabs = Tiles(titles, self.look, self._columns, id="tabs")
        tabs.chosen = frozenset({desk.page.value})
        tabs.cursor = list(Page).index(desk.page)
        yield tabs
        if desk.sheet is not None:
            yield chart_of(self.look, desk.sheet)
        yield Paragraph(self.look, clean(desk.message), tone="accent", bold=True, id="message")
        actions = [
            Tile(action.value, self.say(label), shortcut=str(number), main=action is StaffAction.BACK)
            for number, (action, label) in enumerate(_ACTIONS.items(), start=1)
        ]
        yield Tiles(actions, self.look, id="choices")

    def _columns(self, width: int, height: int) -> int:
        """Choose one row for the pages, or two where their names would touch each other and there are rows for it."""
        widest = max(len(self.say(title)) for title in _TITLES.values())
        is_low = height < _TWO_ROWS
        return len(Page) if is_low or width // len(Page) > widest + 1 else len(Page) // 2

    @on(View.Spoken)
    def translate(self) -> None:
        """Turn to the same page, for the words on it are made with the figures."""
        self.finish(self._desk.page)

    @on(Tiles.Tapped, "#tabs")
    def turn(self, message: Tiles.Tapped) -> None:
        """Turn to another page."""
        message.stop()
        self.finish(Page(message.key))

    @on(Tiles.Tapped, "#choices")
    def act(self, message: Tiles.Tapped) -> None:
        """Give the action."""
        message.stop()
        self.finish(StaffAction(message.key))
