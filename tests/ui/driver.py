"""The kiosk as a customer meets it: see, tap, press, wait. Time passes only when a test lets it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot, WaitForScreenTimeout
from textual.widget import Widget

from kiosk.answer import Answer, Visit
from kiosk.config import Config
from kiosk.store.reader import Reader
from kiosk.ui.app import KioskApp
from kiosk.ui.machine import Machine
from kiosk.ui.view import View
from kiosk.ui.views.more import MoreView
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.views.typed import TypedView
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.languages import LANGUAGE_KEY
from kiosk.ui.widgets.tiles import SETTLE_SECONDS, Tiles
from tests.conftest import WoundClock
from tests.patience import PATIENCE_SECONDS

SomeView = TypeVar("SomeView", bound=View[Any])

PIN = "528461"
"""What opens the staff door."""

LOOK_SECONDS = SETTLE_SECONDS + 0.1
"""What a customer takes to look before each tap."""

_PRINTED = {
    "space": " ",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
}
"""What a terminal sends for the keys that have a name and a character."""


class Driver:
    """A finger, a keyboard and a pair of eyes."""

    def __init__(self, app: KioskApp, pilot: Pilot[None], clock: WoundClock, database: Path) -> None:
        """Stand before `app`."""
        self.app, self.pilot, self.clock, self.database = app, pilot, clock, database

    @property
    def seen(self) -> Widget:
        """What is on the screen, without what is made ready behind it."""
        return self.app.stage.view or self.app.stage

    async def settle(self) -> None:
        """Let what is under way be done."""
        # A widget that is taken away meanwhile never answers the pilot, which then gives up.
        with suppress(WaitForScreenTimeout):
            await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fails when it never does."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < deadline, f"never came: {self.words()}"
            await asyncio.sleep(0.01)
        await self.settle()

    async def see(self, kind: type[SomeView]) -> SomeView:
        """Wait until a view of a kind is on the screen, laid out, and past its settling time."""
        await self.until(lambda: isinstance(self.app.stage.view, kind) and bool(self.app.stage.view.children))
        view = self.app.stage.view
        assert isinstance(view, kind)
        self.clock.wind(LOOK_SECONDS)
        return view

    async def awake(self) -> None:
        """Wait until the first question takes answers."""
        await self.until(lambda: self.app._keeper.store is not None)
        view = await self.asks(self.app.config.survey.first.id)
        await self.until(lambda: not view._asleep)
        self.clock.wind(LOOK_SECONDS)

    async def asks(self, question_id: str) -> QuestionView:
        """Wait until a question is on the screen, laid out, and past its settling time."""
        await self.until(lambda: isinstance(self.app.stage.view, QuestionView) and self._is_asked(question_id))
        self.clock.wind(LOOK_SECONDS)
        return self.asked()

    def asked(self) -> QuestionView:
        """Give the view of the question that is on the screen."""
        assert isinstance(self.app.stage.view, QuestionView)
        return self.app.stage.view

    def _is_asked(self, question_id: str) -> bool:
        view = self.asked()
        return view.question.id == question_id and bool(view.query("#footer")) and not view.result.done()

    async def ended(self, visits: int) -> None:
        """Wait until so many visits are stored and the question is back."""
        await self.until(lambda: len(self.visits()) == visits)
        await self.awake()

    def place_of(self, key: str) -> tuple[int, int]:
        """Give the cell in the middle of a tile on the screen."""
        for tiles in self.seen.query(Tiles):
            if tiles.region and key in [tile.key for tile in tiles.tiles]:
                middle = tiles.region_of(key).translate(tiles.region.offset)
                return middle.x + middle.width // 2, middle.y + middle.height // 2
        raise AssertionError(f"no tile {key!r} on the screen")

    def send(self, event: events.Event) -> None:
        """Send an event the way a terminal's events come; nothing waits for what it does."""
        driver = self.app._driver
        assert driver is not None
        driver.process_message(event)

    def press(self, x: int, y: int, button: int = 1) -> None:
        """Put a finger on a cell."""
        self.send(_at(events.MouseDown, x, y, button))

    def release(self, x: int, y: int, button: int = 1) -> None:
        """Lift the finger from a cell."""
        self.send(_at(events.MouseUp, x, y, button))

    def move(self, x: int, y: int) -> None:
        """Draw the finger over a cell."""
        self.send(_at(events.MouseMove, x, y, 1))

    def wheel(self, x: int, y: int) -> None:
        """Turn a wheel over a cell, in every direction."""
        for kind in (events.MouseScrollUp, events.MouseScrollDown, events.MouseScrollLeft, events.MouseScrollRight):
            self.send(_at(kind, x, y, 0))

    def hit(self, x: int, y: int) -> None:
        """Press and release one cell, and wait for nothing."""
        self.press(x, y)
        self.release(x, y)

    async def tap(self, key: str) -> None:
        """Tap a tile once, as a customer does who has looked first; of a language wait until it is spoken."""
        self.clock.wind(LOOK_SECONDS)
        before = {*self.seen.query("#languages")}
        await self.tap_at(*self.place_of(key))
        if key.startswith(LANGUAGE_KEY):
            await self.until(lambda: self._is_laid_out_anew(before))

    def _is_laid_out_anew(self, before: set[Widget]) -> bool:
        """Tell whether what was put together in another language, with languages of its own, has its place."""
        languages = {*self.seen.query("#languages")}
        return bool(languages - before) and all(widget.region for widget in (*languages, *self.seen.query(Headline)))

    async def tap_at(self, x: int, y: int) -> None:
        """Tap a cell of the screen."""
        self.hit(x, y)
        await self.settle()

    async def keys(self, *names: str) -> None:
        """Press keys one after the other, as a person does who looks in between."""
        for name in names:
            self.strike(name)
            await self.settle()

    def strike(self, *names: str) -> None:
        """Press keys as fast as a machine can, and wait for nothing."""
        for name in names:
            self.send(events.Key(name, name if len(name) == 1 else _PRINTED.get(name)))

    async def type(self, text: str) -> None:
        """Type a text on the keyboard."""
        for character in text:
            self.send(events.Key(_character_to_key(character), character))
        await self.settle()

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

    async def go_inside(self) -> StaffView:
        """Go through the staff door, whatever is on the screen."""
        await self.knock()
        await self.until(lambda: bool(self.seen.query("#pad")))
        self.clock.wind(1)
        await self.keys(*PIN, "enter")
        return await self.see(StaffView)

    async def choose_more(self, what: str) -> None:
        """Choose one of the things that staff do seldom."""
        await self.tap("more")
        await self.see(MoreView)
        await self.tap(what)

    async def fill_in(self, line: str) -> None:
        """Type the one line that is asked for, and wait until it has been taken."""
        view = await self.see(TypedView)
        await self.type(line)
        await self.keys("enter")
        await self.until(lambda: self.app.stage.view is not view)

    def keys_to_tap(self) -> list[str]:
        """Give the keys of all tiles that can be seen."""
        return [tile.key for tiles in self.seen.query(Tiles) if tiles.region for tile in tiles.tiles]

    async def home(self) -> None:
        """Leave everything alone until the first question is back."""
        for _ in range(8):
            await self.wait(70)
        await self.awake()

    async def turn(self) -> None:
        """Let the event loop turn once, so that tests can look in between."""
        await asyncio.sleep(0)

    async def wait(self, seconds: float) -> None:
        """Let time pass, and the kiosk notice."""
        self.clock.wind(seconds)
        self.app.tick()
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: self.app.size == Size(width, height))

    def words(self) -> str:
        """Read everything on the screen, row by row."""
        rows = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in rows)

    def read(self, selector: str) -> str:
        """Read what can be seen of one widget, its rows joined to one line."""
        found = [widget for widget in self.seen.query(selector) if widget.region]
        if not found:
            return ""
        region = found[0].region.intersection(self.app.screen.region)
        strips = self.app.screen._compositor.render_strips()[region.y : region.bottom]
        rows = ["".join(segment.text for segment in strip.crop(region.x, region.right)) for strip in strips]
        return " ".join(" ".join(rows).split())

    def answers(self) -> list[Answer]:
        """Read the stored answers, oldest first."""
        with Reader(self.database) as reader:
            return [stored.answer for stored in reader.answers()]

    def visits(self) -> list[Visit]:
        """Read the stored visits, oldest first."""
        with Reader(self.database) as reader:
            return [stored.visit for stored in reader.visits()]


Before = Callable[..., AbstractAsyncContextManager[Driver]]
"""Starts a kiosk: `async with before() as kiosk`."""


@asynccontextmanager
async def standing_before(
    config: Config, clock: WoundClock, folder: Path, size: tuple[int, int] = (80, 24), **machine: Any
) -> AsyncIterator[Driver]:
    """Start the kiosk on a fresh database, or on the one already in `folder`, and end it cleanly."""
    database = folder / "kiosk.db"
    app = KioskApp(config, database, clock, Machine(**machine))
    async with app.run_test(size=size) as pilot:
        yield Driver(app, pilot, clock, database)


def _at(kind: type[events.MouseEvent], x: int, y: int, button: int) -> events.MouseEvent:
    return kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)
