"""The end of patience, announced: a countdown and a way to get more time (WCAG 2.2, criterion 2.2.1)."""

from __future__ import annotations

from textual.app import ComposeResult

from kiosk.ui.look import Look
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Row
from kiosk.words import N_, Translate

WARNING_SECONDS = 20
"""How long the warning stands before the question closes: what the criterion asks for at least."""


class Patience(Row):
    """A line that says how many seconds are left, and one big button."""

    def __init__(self, look: Look, say: Translate) -> None:
        """Be ready; the footer shows it when it is time."""
        super().__init__()
        self._look, self._say = look, say

    def compose(self) -> ComposeResult:
        """Put the words at the left, the button at the right."""
        yield Paragraph(self._look, side="right", bold=True, growth=1, id="closing")
        yield Tiles([Tile("more", self._say(N_("More time")), main=True)], self._look, id="more")

    def warn(self, seconds_left: int) -> None:
        """Show the warning with the seconds that are left."""
        for closing in self.query("#closing").results(Paragraph):
            closing.text = self._say(N_("Still there? This closes in {seconds} s")).format(seconds=seconds_left)
