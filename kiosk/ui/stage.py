"""The one screen there is: shows a view, waits for its result, and swaps views without a blank frame between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from textual import events
from textual._styles_cache import StylesCache
from textual.message import Message
from textual.screen import Screen

from kiosk.ui.view import View
from kiosk.ui.widgets.tiles import Tiles

Result = TypeVar("Result")


class Stage(Screen[None], inherit_bindings=False):
    """Holds one view that is seen. As no screen is ever pushed or popped, no tap can come between two of them."""

    view: View[Any] | None = None
    ready: View[Any] | None = None
    """A view that was made ready unseen, so that a customer does not wait for it when its turn comes."""

    @dataclass
    class Appeared(Message):
        """Another view is on the screen."""

        view: View[Any]

    async def show(self, view: View[Result], then: Callable[[], View[Any]] | None = None) -> Result:
        """Show a view until it gives its result; raises what interrupts it. The view stays until the next is shown.

        `then` makes the view that is likely to follow; it is made ready while nobody waits for anything.
        """
        if view is self.ready:
            self.ready = None
            self._swap(view)
            return await view.result  # what was seen before is cleared away with it, when nobody waits
        with self.app.batch_update():
            self._swap(view)
            await self.mount(view)
        await self._painted()
        await self._clear_away()
        if then is not None:
            await self._make_ready(then())
        return await view.result

    def _swap(self, view: View[Any]) -> None:
        self.view = view
        self.app.capture_mouse(None)  # a finger that lies on the old view is lifted from the new one
        view.appear()
        view.display = True
        self.app.post_message(self.Appeared(view))  # one of the stage would not reach the app, who called
        for other in self.children:
            other.display = other is view

    async def _painted(self) -> None:
        painted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.call_after_refresh(painted.set_result, None)
        await painted

    async def _clear_away(self) -> None:
        """Remove what was on the screen before."""
        await self.remove_children([child for child in self.children if child not in (self.view, self.ready)])
        StylesCache.get_inner_outer.cache_clear()  # or 65 MB of what removed widgets had drawn stay in memory

    async def _make_ready(self, view: View[Any]) -> None:
        if self.ready is not None:
            await self.ready.remove()
        self.ready = view
        view.display = False
        await self.mount(view)

    def on_key(self, event: events.Key) -> None:
        """Give keys that no widget wanted to the view: shortcuts, and the way from one group of tiles to the next."""
        event.stop()
        event.prevent_default()
        if self.view is None:
            return
        if event.key == "tab":
            self.focus_next()
        elif event.key == "shift+tab":
            self.focus_previous()
        elif self.focused is None and event.key in ("left", "right", "up", "down"):
            self.set_focus(next(iter(self.view.query("#choices, #actions").results(Tiles)), None))
        else:
            self.view.shortcut(event.character if event.character and event.is_printable else event.key)
