"""The kiosk as a customer meets it: see, tap, press, wait. Time passes only when a test lets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual.geometry import Size
from textual.pilot import Pilot
from textual.widget import Widget

from kiosk.answer import Answer, Visit
from kiosk.config import Config
from kiosk.store.reader import Reader
from kiosk.ui.app import KioskApp
from kiosk.ui.view import View
from kiosk.ui.widgets.tiles import SETTLE_SECONDS, Tiles
from tests.conftest import WoundClock

SomeView = TypeVar("SomeView", bound=View[Any])

PATIENCE = 500
"""Turns of the event loop that a test waits for what must come."""


class Driver:
    """A finger, a keyboard and a pair of eyes."""

    def __init__(self, app: KioskApp, pilot: Pilot[None], clock: WoundClock, database: Path) -> None:
        """Stand before `app`."""
        self.app, self.pilot, self.clock, self.database = app, pilot, clock, database

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fails when it never does."""
        for _ in range(PATIENCE):
            if holds():
                await self.pilot.pause()
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"never came: {self.words()}")

    async def see(self, kind: type[SomeView]) -> SomeView:
        """Wait until a view of a kind is on the screen, laid out, and past its settling time."""
        await self.until(lambda: isinstance(self.app.stage.view, kind) and bool(self.app.stage.view.children))
        view = self.app.stage.view
        assert isinstance(view, kind)
        self.clock.wind(SETTLE_SECONDS)
        return view

    async def awake(self) -> None:
        """Wait until the first question takes answers."""
        await self.until(lambda: bool(self.app.query("#choices")) and not self.app.query_one("#choices", Tiles).asleep)
        self.clock.wind(SETTLE_SECONDS)

    def place_of(self, key: str) -> tuple[int, int]:
        """Give the cell in the middle of a tile on the screen."""
        for tiles in self.app.query(Tiles):
            if key in [tile.key for tile in tiles.tiles]:
                middle = tiles.region_of(key).translate(tiles.region.offset)
                return middle.x + middle.width // 2, middle.y + middle.height // 2
        raise AssertionError(f"no tile {key!r} on the screen")

    async def tap(self, key: str) -> None:
        """Tap a tile once, as a customer does who has looked first."""
        self.clock.wind(SETTLE_SECONDS)
        await self.pilot.click(offset=self.place_of(key))

    async def tap_at(self, x: int, y: int) -> None:
        """Tap a cell of the screen."""
        await self.pilot.click(offset=(x, y))

    async def knock(self) -> None:
        """Make the staff gesture."""
        for _ in range(5):
            self.clock.wind(0.3)
            await self.tap_at(1, 1)

    async def enter_pin(self, pin: str) -> None:
        """Type a PIN on the pad and confirm it."""
        for digit in pin:
            await self.tap(digit)
        await self.tap("done")

    async def wait(self, seconds: float) -> None:
        """Let time pass, and the kiosk notice."""
        self.clock.wind(seconds)
        self.app.tick()
        await self.pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: self.app.size == Size(width, height))

    def words(self) -> str:
        """Read everything on the screen, row by row."""
        rows = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in rows)

    def widget(self, selector: str) -> Widget:
        """Give a widget on the screen."""
        return self.app.query_one(selector)

    def answers(self) -> list[Answer]:
        """Read the stored answers, oldest first."""
        with Reader(self.database) as reader:
            return [stored.answer for stored in reader.answers()]

    def visits(self) -> list[Visit]:
        """Read the stored visits, oldest first."""
        with Reader(self.database) as reader:
            return [stored.visit for stored in reader.visits()]


@asynccontextmanager
async def standing_before(
    config: Config, clock: WoundClock, folder: Path, size: tuple[int, int] = (80, 24), **options: Any
) -> AsyncIterator[Driver]:
    """Start the kiosk on a fresh database, or on the one already in `folder`, and end it cleanly."""
    database = folder / "kiosk.db"
    app = KioskApp(config, database, clock, **options)
    async with app.run_test(size=size) as pilot:
        yield Driver(app, pilot, clock, database)
