"""Calm words when the kiosk cannot take answers."""

from __future__ import annotations

from textual.app import ComposeResult

from kiosk.text import clean
from kiosk.ui.look import Look
from kiosk.ui.view import View
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.unpainted import Column
from kiosk.words import N_


class NoticeView(View[None]):
    """Says one thing, calmly; ends after some seconds, or when whoever showed it finishes it."""

    def __init__(
        self, look: Look, language: str, title: str, detail: str, *, seconds: float | None = None, cause: str = ""
    ) -> None:
        """Say `title` and `detail` (messages of the catalogue); `cause` is for staff and stands small at the foot."""
        super().__init__(look, language)
        self.lasts_while_trouble = bool(cause)
        self._title, self._detail, self._cause = title, detail, cause
        self._seconds = seconds

    def compose(self) -> ComposeResult:
        """Put the words in the middle."""
        yield Header(self.look, self.language)
        with Column(id="notice"):
            yield Headline(self.look, self.say(self._title), id="title")
            yield Paragraph(self.look, self.say(self._detail), side="middle", tone="soft", growth=2, id="detail")
        yield Paragraph(self.look, clean(self._cause), tone="soft", id="cause")

    def tick(self, now: float) -> None:
        """End when it was said long enough."""
        if self._seconds is not None and now - self.appeared_at >= self._seconds:
            self.finish(None)


def sorry(look: Look, language: str) -> NoticeView:
    """Tell the customer that the answer is not safe yet; it is tried again in the background."""
    return NoticeView(
        look,
        language,
        N_("Sorry, your answer could not be saved."),
        N_("It is not your fault. Please tell the staff."),
        seconds=6,
    )


def out_of_order(look: Look, language: str, cause: str) -> NoticeView:
    """Tell that no answer can be taken now; staff read why at the foot."""
    return NoticeView(
        look, language, N_("This kiosk is taking a break."), N_("Please tell the staff what you think."), cause=cause
    )


def out_of_service(look: Look, language: str) -> NoticeView:
    """Tell that staff have switched the kiosk off for now."""
    return NoticeView(look, language, N_("This kiosk is closed for now."), N_("Thank you for your visit!"))
