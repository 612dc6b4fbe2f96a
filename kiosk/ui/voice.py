"""The voice for those who cannot read the screen: silent until a customer asks for it, and after the visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kiosk.ui.view import View
from kiosk.ui.views.notice import NoticeView
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import N_, Translate

if TYPE_CHECKING:
    from kiosk.device.speech import Speaker

_FOR_CUSTOMERS = (QuestionView, ThanksView, NoticeView)

_SILENT = frozenset({"place", "languages", "listen", "keyboard", "low", "high", "cause"})
"""Widgets that are not read: they lead elsewhere, or are said with something else, or are for staff."""

_KEYS = {"-": N_("minus"), "/": N_("slash"), "*": N_("star"), "+": N_("plus"), "enter": N_("Enter")}


class Voice:
    """Reads views to the customer who asked for it."""

    def __init__(self, speaker: Speaker | None) -> None:
        """Speak with `speaker`; without one, never say anything."""
        self._speaker = speaker
        self.is_on = False

    def start(self, view: View[Any]) -> None:
        """Read this view, and those that follow in the visit; asked a second time, read it again."""
        self.is_on = self._speaker is not None and isinstance(view, _FOR_CUSTOMERS)
        self.read(view)

    def follow(self, view: View[Any]) -> None:
        """Read what is on the screen now, and leave time to listen; the next customer, and staff, have not asked."""
        if not isinstance(view, _FOR_CUSTOMERS) or (isinstance(view, QuestionView) and view.asking.opens):
            self.end()
        elif self.is_on:
            if isinstance(view, ThanksView):
                view.stay()
            self.read(view)

    def read(self, view: View[Any]) -> None:
        """Read this view if a voice was asked for."""
        if self.is_on and self._speaker is not None:
            self._speaker.say(reading(view), view.language)

    def end(self) -> None:
        """Fall silent until somebody asks again."""
        if self.is_on and self._speaker is not None:
            self._speaker.hush()
        self.is_on = False

    def close(self) -> None:
        """Fall silent for good."""
        if self._speaker is not None:
            self._speaker.close()


def reading(view: View[Any]) -> str:
    """Give what can be seen of a view in sentences: question, choices with their keys, what else may be done."""
    said = [part for part in _parts(view) if part]
    return " ".join(part if part[-1] in ".!?:…" else f"{part}." for part in said)


def _parts(view: View[Any]) -> Iterator[str]:
    for widget in view.query("Headline, Paragraph, Tiles"):
        if widget.id in _SILENT or not widget.region:
            continue
        if isinstance(widget, Headline | Paragraph):
            yield widget.text
        elif isinstance(widget, Tiles):
            yield from (_named(tile, view.say) for tile in widget.tiles)


def _named(tile: Tile, say: Translate) -> str:
    label = tile.spoken or tile.label
    if key := _KEYS.get(tile.shortcut):
        return say(N_("{action}: press {key}.")).format(action=label, key=say(key))
    return label if tile.shortcut in ("", tile.label) else f"{tile.shortcut}: {label}"
