"""A question to staff before something that cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Column
from kiosk.words import N_


class ConfirmView(StaffPage[bool]):
    """Gives True when staff say yes."""

    def __init__(
        self, look: Look, language: str, idle_seconds: int, question: str, details: Sequence[str], yes: str
    ) -> None:
        """Ask `question`; `details` help to decide, `yes` says what would be done."""
        super().__init__(look, language, idle_seconds)
        self._question, self._details, self._yes = question, details, yes

    def compose(self) -> ComposeResult:
        """Stack the question, the details and the two ways on."""
        yield Header(self.look, self.language, title=self.say(N_("Staff")))
        with Column(id="notice"):
            yield Headline(self.look, self._question, id="title")
            for detail in self._details:
                yield Paragraph(self.look, detail, side="middle", tone="soft", growth=1, classes="detail")
        yield Tiles(
            [Tile("cancel", self.say(N_("Cancel"))), Tile("yes", self._yes, main=True)], self.look, id="actions"
        )

    @on(Tiles.Tapped, "#actions")
    def act(self, message: Tiles.Tapped) -> None:
        """Give the answer."""
        message.stop()
        self.finish(message.key == "yes")
