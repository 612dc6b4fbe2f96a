"""The kiosk at work: one visitor after another, staff when they call, and between them whatever else is due."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from kiosk.errors import KioskError
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.liaison import Liaison
from kiosk.ui.renewal import Furnished
from kiosk.ui.view import StaffCalled, View
from kiosk.ui.views.notice import NoticeView, out_of_order, out_of_service, sorry
from kiosk.ui.voice import Voice
from kiosk.words import words

log = logging.getLogger(__name__)


class StartOver(Exception):
    """The first question has to go: no answer can be taken now, or somebody left it in another language."""


class Shift:
    """Knows whose turn it is."""

    def __init__(self, kiosk: Furnished, furnishing: Furnishing, liaison: Liaison, voice: Voice) -> None:
        """Work with what stands in the house by now; `kiosk` changes it when the hub wants that."""
        self._kiosk, self._furnishing, self._house = kiosk, furnishing, furnishing.house
        self._liaison, self._voice = liaison, voice

    @property
    def trouble(self) -> KioskError | None:
        """Say why no answer can be taken now; None when all is well."""
        return self._house.machine.unfit or self._house.keeper.trouble

    async def work(self) -> None:
        """Serve until staff end it. Whatever goes wrong with one visitor is logged and does not reach the next."""
        serve: Callable[[], Awaitable[bool | None]] = self._serve_one
        while True:
            try:
                if await serve():
                    return
                serve = self._serve_one
            except StartOver:
                serve = self._serve_one
            except StaffCalled:
                serve = self._furnishing.room.serve
            except Exception as error:
                log.exception("a visit ended in an unexpected error")
                serve = self._apologise
                if renewal := self._liaison.renewal:
                    renewal.give_up(self._kiosk, error)

    async def _serve_one(self) -> None:
        if (renewal := self._liaison.renewal) and renewal.is_due:
            await renewal.begin(self._kiosk)
        around, stage = self._furnishing.around, self._house.stage
        language = around.config.survey.languages[0]
        if self._furnishing.room.out_of_service:
            await stage.show(out_of_service(around.look, language))
        elif cause := self.trouble:
            await stage.show(out_of_order(around.look, language, cause.said_in(words(language))[0]))
        else:
            await around.counter.serve_visitor()

    async def _apologise(self) -> None:
        around = self._furnishing.around
        await around.stage.show(sorry(around.look, around.language))

    def tick(self, now: float) -> None:
        """Let time pass for what is on the screen, and end it when its turn is over."""
        view = self._house.stage.view
        if view is None:
            return
        view.tick(now)
        if renewal := self._liaison.renewal:
            renewal.tick(self._kiosk, view, now)
        if self._furnishing.around.counter.is_waiting and self._begins_anew(view, now):
            view.interrupt(StartOver())
        elif isinstance(view, NoticeView) and view.lasts_while_trouble and not self.trouble:
            view.finish(None)

    def _begins_anew(self, view: View[Any], now: float) -> bool:
        if (renewal := self._liaison.renewal) and renewal.has_turn(view, now):
            return True
        return bool(self.trouble) or self._furnishing.room.out_of_service or self._was_left(view, now)

    def _was_left(self, view: View[Any], now: float) -> bool:
        """Tell whether somebody chose another language or the voice and went away: the next customer starts anew.

        Whoever has begun to answer is warned by the view itself, and given more time.
        """
        config = self._furnishing.around.config
        idle = now - view.active_at >= config.kiosk.idle_seconds
        is_changed = view.language != config.survey.languages[0] or self._voice.is_on
        return idle and is_changed and not view.is_begun
