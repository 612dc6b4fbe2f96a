"""How an errand for staff goes: what is going on, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult

from kiosk.text import clean
from kiosk.ui.look import Look
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.progress import ProgressBar
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Column
from kiosk.words import N_, Translate

Told = Callable[[Translate], Sequence[str]]
"""Says in a language what there is to say: first the most important, then what else helps."""

_PATIENCE_SECONDS = 1.0
"""Work that is shorter needs no bar."""


class ErrandView(StaffPage[str]):
    """Gives the key of the action that staff tap. One without actions stays until it is finished from outside."""

    def __init__(
        self,
        look: Look,
        language: str,
        idle_seconds: int,
        told: Told,
        actions: Sequence[tuple[str, str]] = (),
        share: Callable[[], float] | None = None,
    ) -> None:
        """Say `told`; `actions` are keys and messages, the last of several stands out; `share` is what is done."""
        super().__init__(look, language, idle_seconds)
        self._told, self._actions, self._share = told, tuple(actions), share

    def compose(self) -> ComposeResult:
        """Stack what is told, the bar and the actions."""
        yield Header(self.look, self.language, title=self.say(N_("Staff")))
        title, *details = (clean(text) for text in self._told(self.say) if text)
        with Column(id="notice"):
            yield Headline(self.look, title, id="title")
            for detail in details:
                yield Paragraph(self.look, detail, side="middle", tone="soft", growth=1, classes="detail")
            bar = ProgressBar(self.look)
            bar.display = False
            yield bar
        if self._actions:
            *others, (last, says) = self._actions
            tiles = [Tile(key, self.say(label)) for key, label in others]
            tiles.append(Tile(last, self.say(says), main=bool(others)))
            yield Tiles(tiles, self.look, id="actions")

    def tick(self, now: float) -> None:
        """Show how far the work is; close only what waits for staff."""
        if self._share and now - self.appeared_at >= _PATIENCE_SECONDS:
            for bar in self.query(ProgressBar):
                bar.display, bar.share = True, self._share()
        if self._actions:
            super().tick(now)

    @on(Tiles.Tapped, "#actions")
    def act(self, message: Tiles.Tapped) -> None:
        """Give the action."""
        message.stop()
        self.finish(message.key)
