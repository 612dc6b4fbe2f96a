"""Where staff stand, and what everything they ask for goes through: pages, waiting, trying again, the staff log."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.config import Config
from kiosk.errors import KioskError
from kiosk.ui.counter import Counter
from kiosk.ui.keeper import Keeper
from kiosk.ui.look import Look
from kiosk.ui.stage import Stage
from kiosk.ui.views.confirm import ConfirmView
from kiosk.ui.views.errand import ErrandView, Told
from kiosk.ui.views.staff_page import StaffGone, StaffPage
from kiosk.words import N_, words

Choice = TypeVar("Choice")
Done = TypeVar("Done")

CANCEL = ("cancel", N_("Cancel"))
_AGAIN = ("again", N_("Try again"))
_DONE = "done"


class Share:
    """How much of a piece of work is done, 0 to 1: told by a thread, looked at by the screen."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.done = 0.0

    def tell(self, done: float) -> None:
        """Take note."""
        self.done = done

    def part(self, begins: float, ends: float) -> Callable[[float], None]:
        """Give what tells of a part of the work, which begins and ends at these shares of the whole."""
        return lambda done: self.tell(begins + (ends - begins) * done)


@dataclass(frozen=True)
class Surroundings:
    """Where staff stand, and what the kiosk keeps."""

    config: Config
    database: Path
    look: Look
    stage: Stage
    counter: Counter
    keeper: Keeper

    @property
    def language(self) -> str:
        """Give the language that staff chose last."""
        return self.counter.language

    @property
    def view_options(self) -> tuple[Look, str, int]:
        """Give what every page for staff begins with."""
        return self.look, self.language, self.config.staff.idle_seconds

    def say(self, message: str) -> str:
        """Give one of the kiosk's own messages in that language."""
        return words(self.language)(message)

    async def show(self, view: StaffPage[Choice]) -> Choice | None:
        """Show a page; gives what staff chose, None when they turned away. Raises StaffGone."""
        chosen = await self.stage.show(view)
        if view.was_left_alone:
            raise StaffGone
        return chosen

    async def watch(self, view: ErrandView, work: Coroutine[None, None, Done]) -> Done | None:
        """Show a page until the work is done, and give what it gives; None when staff turn away before."""

        def end(task: asyncio.Future[Done]) -> None:
            if not task.cancelled():
                task.exception()  # looked at, also where staff turned away in the same moment
                view.finish(_DONE)

        task = asyncio.ensure_future(work)
        task.add_done_callback(end)
        try:
            return await task if await self.show(view) == _DONE else None
        finally:
            task.cancel()

    async def work(self, said: str, work: Coroutine[None, None, Done], share: Share) -> Done:
        """Show `said` and how far the work is until it is done; staff cannot leave meanwhile."""
        view = ErrandView(*self.view_options, lambda say: [say(said)], share=lambda: share.done)
        done = await self.watch(view, work)
        assert done is not None
        return done

    async def tell(self, told: Told, *actions: tuple[str, str]) -> bool:
        """Say what became of it; True for the last of the actions. Raises StaffGone."""
        view = ErrandView(*self.view_options, told, actions)
        return await self.show(view) == actions[-1][0]

    async def confirms(self, question: str, *means: str, yes: str) -> bool:
        """Ask before something that cannot be taken back: what it means, and what `yes` does. Raises StaffGone."""
        return await self.show(ConfirmView(*self.view_options, question, means, yes)) is True

    async def until_done(self, attempt: Callable[[], Awaitable[str]]) -> str:
        """Give what an attempt gives; one that fails is told, and made anew if staff want. Empty when they do not.

        Raises StaffGone.
        """
        while True:
            try:
                return await attempt()
            except KioskError as error:
                if not await self.tell(error.said_in, CANCEL, _AGAIN):
                    return ""

    async def note(self, names: Sequence[str]) -> None:
        """Write to the staff log which files left the kiosk."""
        for name in names:
            await self.keeper.note("exported", name)
