"""What the pages behind the staff door share: they close when nobody touches them."""

from __future__ import annotations

from typing import TypeVar

from kiosk.ui.heights import ROOM_FOR_GAPS
from kiosk.ui.look import Look
from kiosk.ui.view import View

Choice = TypeVar("Choice")


class StaffGone(Exception):
    """Nobody has touched the screen for as long as staff may be away."""


class StaffPage(View[Choice | None]):
    """A page for staff; gives None when it was left alone for `idle_seconds`."""

    def __init__(self, look: Look, language: str, idle_seconds: int) -> None:
        """Wait for staff no longer than this."""
        super().__init__(look, language)
        self._idle_seconds = idle_seconds
        self.was_left_alone = False
        """Whether it closed because nobody was there any more."""

    def on_resize(self) -> None:
        """Spare rows on a low screen."""
        self.set_class(self.app.size.height < ROOM_FOR_GAPS, "-low")

    def tick(self, now: float) -> None:
        """Close the page when nobody is there any more."""
        if now - self.active_at >= self._idle_seconds:
            self.was_left_alone = not self.result.done()
            self.finish(None)
