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

from kiosk.device.terminal import SMALLEST
from kiosk.ui.view import View
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.too_small import TooSmall

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

    @property
    def is_too_small(self) -> bool:
        """Tell whether no view fits the screen. A sentence covers the view then, and nothing may be answered."""
        columns, rows = SMALLEST
        return self.app.size.width < columns or self.app.size.height < rows

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
        view.appear()
        view.display = True
        self.app.post_message(self.Appeared(view))  # one of the stage would not reach the app, who called
        for other in self.query_children(View):
            other.display = other is view
        self._cover_if_too_small(view)

    async def _painted(self) -> None:
        painted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.call_after_refresh(painted.set_result, None)
        await painted

    async def _clear_away(self) -> None:
        """Remove what was on the screen before."""
        await self.remove_children([view for view in self.query_children(View) if view not in (self.view, self.ready)])
        StylesCache.get_inner_outer.cache_clear()  # or 65 MB of what removed widgets had drawn stay in memory

    async def _make_ready(self, view: View[Any]) -> None:
        if self.ready is not None:
            await self.ready.remove()
        self.ready = view
        view.display = False
        await self.mount(view)

    def on_resize(self) -> None:
        """Cover the view while it does not fit."""
        if self.view is not None:
            self._cover_if_too_small(self.view)

    def _cover_if_too_small(self, view: View[Any]) -> None:
        """Lay the sentence over a view that does not fit, or take it away; the view stays below as it is."""
        covers = self.query_children(TooSmall)
        for cover in covers:
            cover.display = self.is_too_small
            cover.speak(view.language)
        if not self.is_too_small:
            return
        if not covers:
            self.mount(TooSmall(view.look, view.language))

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
