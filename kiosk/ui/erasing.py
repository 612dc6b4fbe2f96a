"""Erasing what a customer wrote, on the screen: staff type the code that stood on the thanks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from kiosk.errors import StoreError, UsageError
from kiosk.receipt import read_name
from kiosk.store.reader import Reader
from kiosk.ui.keeper import in_thread
from kiosk.ui.surroundings import Surroundings
from kiosk.ui.views.typed import TypedView
from kiosk.words import N_


class Erasing:
    """Asks, erases, and says what became of it."""

    def __init__(self, around: Surroundings) -> None:
        """Ask on the screen that is `around`."""
        self.around = around
        self._typed = ""
        """What was typed last, so that a wrong letter does not cost the others."""

    async def serve(self) -> str:
        """Erase; gives the sentence that says what became of it, empty when staff turn away. Raises StaffGone."""
        return await self.around.until_done(self._attempt)

    async def _attempt(self) -> str:
        title = self.around.say(N_("Which code stood on the customer's thanks?"))
        typed = await self.around.show(TypedView(*self.around.view_options, title, "7K2M-9QXD", self._typed))
        if typed is None:
            return ""
        self._typed = typed
        answers = await in_thread(self._written, typed)
        if not await self._confirms():
            return ""
        return await self._erase(answers)

    def _written(self, typed: str) -> list[UUID]:
        try:
            name = read_name(typed)
        except ValueError:
            name = None
        with Reader(self.around.database) as reader:
            answers = reader.written(name) if name else []
        if not answers:
            raise UsageError(
                N_("No text here has the code {code}."),
                N_("Read it once more; a text that was given at another kiosk is erased there or at the hub."),
                code=typed,
            )
        return answers

    async def _confirms(self) -> bool:
        say = self.around.say
        question, means = say(N_("Erase the text for good?")), say(N_("What was tapped stays and counts."))
        return await self.around.confirms(question, means, yes=say(N_("Erase the text")))

    async def _erase(self, answers: Sequence[UUID]) -> str:
        store = self.around.keeper.store
        if store is None:
            raise StoreError(N_("The store is not open."))
        erased = sum([await asyncio.wrap_future(store.erase_text(answer)) for answer in answers])
        if not erased:
            return self.around.say(N_("The text was erased before."))
        await self.around.keeper.note("erased", str(erased))
        return self.around.say(N_("The text is erased."))
