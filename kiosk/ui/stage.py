"""The one screen there is: shows a view, waits for its result, and swaps views without a blank frame between."""

from __future__ import annotations

from typing import Any, TypeVar

from textual import events
from textual._styles_cache import StylesCache
from textual.screen import Screen

from kiosk.ui.view import View
from kiosk.ui.widgets.tiles import Tiles

Result = TypeVar("Result")


class Stage(Screen[None], inherit_bindings=False):
    """Holds one view. As no screen is ever pushed or popped, no tap can come between two of them."""

    view: View[Any] | None = None

    async def show(self, view: View[Result]) -> Result:
        """Show a view until it gives its result; raises what interrupts it. The view stays until the next is shown."""
        with self.app.batch_update():
            self.view = view
            await self.remove_children()
            StylesCache.get_inner_outer.cache_clear()  # or 65 MB of what removed widgets had drawn stay in memory
            await self.mount(view)
        return await view.result

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
            self.set_focus(next(iter(self.view.query("#choices").results(Tiles)), None))
        else:
            self.view.shortcut(event.character if event.character and event.is_printable else event.key)
