"""One thing on the screen at a time: a view shows, listens, and gives one result, once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import on
from textual.message import Message

from kiosk.survey import phrase_in
from kiosk.ui.look import Look
from kiosk.ui.widgets.languages import LANGUAGE_KEY
from kiosk.ui.widgets.listen import LISTEN_KEY
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Unpainted
from kiosk.words import words

Result = TypeVar("Result")


class StaffCalled(Exception):
    """Someone made the staff gesture; whatever was going on stops."""


class View(Unpainted, Generic[Result]):
    """Base of all views: the language, and the one result."""

    @dataclass
    class Spoken(Message):
        """The customer chose a language."""

        language: str

    class Listening(Message):
        """The customer wants to have this read."""

    def __init__(self, look: Look, language: str) -> None:
        """Be ready to show in a language."""
        super().__init__()
        self.look = look
        self.language = language
        self.active_at = self.appeared_at = look.clock.seconds()
        """When a person last touched anything; when this view came up. In the clock's seconds."""
        self.result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

    def appear(self) -> None:
        """Begin to count time: the view comes on the screen now, though it may have been made ready long before."""
        self.active_at = self.appeared_at = self.look.clock.seconds()
        for tiles in self.query(Tiles):
            tiles.settle()

    def finish(self, result: Result) -> None:
        """Give the result; the first one counts."""
        if not self.result.done():
            self.result.set_result(result)

    def interrupt(self, reason: Exception) -> None:
        """End without a result: whoever waits for it gets `reason`."""
        if not self.result.done():
            self.result.set_exception(reason)

    def tick(self, now: float) -> None:
        """Let time pass; called several times a second with the clock's seconds."""

    @property
    def is_begun(self) -> bool:
        """Tell whether somebody has left something here that is not for the next customer."""
        return False

    def wake(self) -> None:
        """Take answers from now on; called when the store is open."""

    def shortcut(self, key: str) -> None:
        """Tap the tile that a key of the keyboard stands for; one key asks for the voice on every view."""
        if key == LISTEN_KEY and self.look.speaks:
            self.app.post_message(self.Listening())  # a message of the view would end at the stage, who called
            return
        for tiles in self.query(Tiles):
            for tile in tiles.tiles:
                if tile.shortcut == key:
                    tiles.tap(tile.key)
                    return

    def say(self, message: str) -> str:
        """Give one of the kiosk's own messages in the current language."""
        return words(self.language)(message)

    def quote(self, phrase: Mapping[str, str]) -> str:
        """Give one of the shop's texts in the current language."""
        return phrase_in(phrase, self.language)

    @on(Tiles.Tapped, "#listen")
    def listen(self, message: Tiles.Tapped) -> None:
        """Ask for the voice."""
        message.stop()
        self.post_message(self.Listening())

    @on(Tiles.Tapped, "#languages")
    async def speak(self, message: Tiles.Tapped) -> None:
        """Say everything in another language; what was chosen or typed stays."""
        message.stop()
        self.language = message.key.removeprefix(LANGUAGE_KEY)
        by_key = message.tiles.has_focus
        await self.recompose()
        self.post_message(self.Spoken(self.language))
        if by_key:
            self.screen.set_focus(self.query_one("#languages"))
