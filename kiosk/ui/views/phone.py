"""The code that a phone fetches a file by."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from kiosk.ui.look import Look, is_upright
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.countdown import Countdown
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.qr_code import QrCode
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Column
from kiosk.words import N_

if TYPE_CHECKING:
    from kiosk.handover.phone import PhoneLink

_WORDS_WIDTH = 27
"""Cells that the words beside the code need at the least."""
_SHARE_BELOW = 0.55
"""Height of an upright screen that the code takes."""
_POINT = N_("Point the phone's camera at the code")
_TYPE = N_("Type this address on the phone")


class PhoneView(StaffPage[str]):
    """Shows a link until it is `fetched` or `expired`, which is its result; None when staff turn away.

    The link ends by itself within minutes and shows no figures, so that nobody has to touch the screen meanwhile.
    """

    def __init__(self, look: Look, language: str, idle_seconds: int, link: PhoneLink) -> None:
        """Show `link`."""
        super().__init__(look, language, idle_seconds)
        self._link, self._seconds = link, link.seconds_left

    def compose(self) -> ComposeResult:
        """Put the code at one side, what to do at the other."""
        yield Countdown(self.look)
        yield QrCode(self.look, self._link.url)
        with Column(id="steps"):
            yield Headline(self.look, "", id="title")
            yield Paragraph(self.look, self._how_far(), side="middle", tone="accent", bold=True, growth=1, id="state")
            far = self.say(N_("If nothing opens, connect the phone to the same Wi-Fi as the kiosk."))
            yield Paragraph(self.look, far, side="middle", tone="soft", growth=1, id="hint")
        yield Tiles([Tile("cancel", self.say(N_("Cancel")))], self.look, id="actions")

    def on_mount(self) -> None:
        """Lie as the screen is."""
        self.on_resize()

    def on_resize(self) -> None:
        """Lie as the size of the screen asks for."""
        super().on_resize()
        self.set_class(is_upright(self.app.size), "-upright")
        for code in self.query(QrCode):
            code.styles.width = "100%" if is_upright(self.app.size) else code.width_needed(*self._room)
            for title in self.query(Headline):
                title.text = self.say(_POINT if code.fits(*self._room) else _TYPE)
                title.refresh(layout=True)

    def tick(self, now: float) -> None:
        """Show how far it is; end when there is nothing to wait for."""
        state = self._link.state
        if state in ("fetched", "expired"):
            self.finish(state)
        for paragraph in self.query("#state").results(Paragraph):
            paragraph.text = self._how_far()
        for countdown in self.query(Countdown):
            countdown.share = math.ceil(self._link.seconds_left) / self._seconds

    def _how_far(self) -> str:
        if self._link.state == "fetching":
            return self.say(N_("A phone is fetching the file …"))
        minutes, seconds = divmod(math.ceil(self._link.seconds_left), 60)
        return self.say(N_("The code works for {time}, once.")).format(time=f"{minutes}:{seconds:02}")

    @property
    def _room(self) -> tuple[int, int]:
        """Give the cells that the code may take: beside the words, or below them on an upright screen."""
        size = self.app.size
        if is_upright(size):
            return size.width, int(size.height * _SHARE_BELOW)
        return size.width - _WORDS_WIDTH, size.height - 1

    @on(Tiles.Tapped, "#actions")
    def turn_away(self, message: Tiles.Tapped) -> None:
        """Go back; the link ends with it."""
        message.stop()
        self.finish(None)
