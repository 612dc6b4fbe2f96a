"""The full-screen application: one visitor after another, until staff end it."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from textual import events, on
from textual.screen import Screen

from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.errors import KioskError
from kiosk.ui.furnishing import Furnishing, House, palette_of
from kiosk.ui.keeper import Keeper, in_thread
from kiosk.ui.liaison import Liaison
from kiosk.ui.machine import Machine
from kiosk.ui.public import PublicApp, RasterFound
from kiosk.ui.shift import Shift
from kiosk.ui.staff_room import StaffRoom
from kiosk.ui.stage import Stage
from kiosk.ui.surroundings import Surroundings
from kiosk.ui.theme import Palette
from kiosk.ui.view import StaffCalled, View
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.voice import Voice
from kiosk.ui.widgets.drawing import Drawing
from kiosk.ui.widgets.title import Title

TICK_SECONDS = 0.25


class KioskApp(PublicApp):
    """The kiosk. Only the staff door leads out."""

    CSS_PATH = "kiosk.tcss"

    def __init__(self, config: Config, database: Path, clock: Clock, machine: Machine | None = None) -> None:
        """Serve the survey of `config` on a machine and keep the answers in `database`."""
        self._machine = machine or Machine()
        self._palette = palette_of(config, smooth=True)
        super().__init__(driver_class=self._machine.driver)
        self.stage = Stage()
        self._clock = clock
        self._voice = Voice(self._machine.speaker)
        self._keeper = Keeper(database, clock, self._machine.lock)
        self._liaison = Liaison(database, clock)
        smooth = self.console.color_system in ("truecolor", "256")
        house = House(database, clock, self._machine, self.stage, self._keeper, smooth)
        self._furnishing = Furnishing(config, house)
        self._shift = Shift(self, self._furnishing, self._liaison, self._voice)
        self._paint_by(self.around.look.palette)

    @property
    def around(self) -> Surroundings:
        """Give what serves by now, and the configuration that made it so."""
        return self._furnishing.around

    @property
    def room(self) -> StaffRoom:
        """Give the room behind the staff door."""
        return self._furnishing.room

    @property
    def config(self) -> Config:
        """Give what the kiosk serves by now."""
        return self.around.config

    def _paint_by(self, colours: Palette) -> None:
        self._palette = colours
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """Give the theme's colours to the style sheet."""
        mine = self._palette
        named = {"page": mine.page, "tile": mine.tile, "ink": mine.ink, "soft": mine.soft}
        return {**super().get_css_variables(), **named}

    def get_default_screen(self) -> Screen[None]:
        """Give the one screen there is."""
        return self.stage

    def on_mount(self) -> None:
        """Show the question first, then open the store."""
        for end in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(end, self.exit)
        self.run_worker(self._serve())
        self.call_after_refresh(self.run_worker, self._open_store())
        self.set_interval(TICK_SECONDS, self.tick)

    def change_to(self, config: Config) -> None:
        """Serve by another configuration from the next customer on; what staff have switched stays."""
        self._furnishing.change_to(config)
        self._paint_by(self.around.look.palette)
        self.refresh_css(animate=False)
        self.stage.ready = None

    def tell_hub(self) -> None:
        """Say at once what became of a configuration, and send as the present one says."""
        self._liaison.change_to(self.config)

    def on_unmount(self) -> None:
        """Finish what is under way."""
        self._voice.close()
        self._liaison.end()
        self._keeper.close()

    async def _open_store(self) -> None:
        if self._machine.unfit:
            return
        await in_thread(self.room.door.note_start)
        await self._keeper.open()
        if self._keeper.store:
            self._liaison.begin(self.config, self._keeper.store)
        await self.room.look_back()
        if self.stage.view is not None:
            self.stage.view.wake()
        if logo := self.config.look.logo:
            await self._show_logo(logo)
        self.run_worker(self._keeper.watch_clock())
        await self._keeper.forget_texts(self.config.privacy.keep_text_days)

    async def _show_logo(self, file: Path) -> None:
        """Show the logo, which nobody waits for."""
        await self._furnishing.read_logo(file)
        for title in self.stage.query(Title):
            title.refresh()

    async def _serve(self) -> None:
        await self._shift.work()
        self.exit()

    @property
    def trouble(self) -> KioskError | None:
        """Say why no answer can be taken now; None when all is well."""
        return self._shift.trouble

    @on(RasterFound)
    def draw_as_finely(self, message: RasterFound) -> None:
        """Draw pictures in pixels where the terminal can."""
        if self.config.screen.pictures == "blocks" or message.cell == self.around.look.raster.cell:
            return
        self.around.look.raster.cell = message.cell
        for drawing in self.stage.query(Drawing):
            drawing.refresh(layout=True)

    def tick(self) -> None:
        """Let time pass for everyone who waits for it."""
        now = self._clock.seconds()
        self._keeper.tick(now)
        if self._machine.heartbeat and self._keeper.is_answered(now):
            self._machine.heartbeat.beat(now)
        self._shift.tick(now)

    @on(View.Spoken)
    def speak(self, message: View.Spoken) -> None:
        """Go on in the language that the customer chose."""
        self.around.counter.language = message.language
        if self.stage.view is not None:
            self.call_after_refresh(self._voice.read, self.stage.view)

    @on(View.Listening)
    def listen(self) -> None:
        """Read to the customer from now on until the visit ends."""
        if self.stage.view is not None:
            self._voice.start(self.stage.view)

    @on(Stage.Appeared)
    def go_on_reading(self, message: Stage.Appeared) -> None:
        """Let the voice follow what is on the screen."""
        self.call_after_refresh(self._voice.follow, message.view)

    async def on_event(self, event: events.Event) -> None:
        """See every touch and key first: they keep a view open, and five taps in the corner call the staff."""
        if self._machine.unlocked and isinstance(event, events.Key) and event.key == "ctrl+q":
            self.exit()
        if isinstance(event, events.InputEvent | events.Paste) and self.stage.is_too_small:
            return  # nobody can see what would be answered
        view = getattr(self.stage, "view", None)
        # What a widget did not want comes here a second time, marked as forwarded.
        if view is not None and isinstance(event, events.MouseDown | events.Key) and not event.is_forwarded:
            view.active_at = self._clock.seconds()
            if isinstance(event, events.MouseDown) and self._is_knock(event) and not isinstance(view, StaffPage):
                view.interrupt(StaffCalled())
        await super().on_event(event)

    def paint_pixels(self, sequence: str) -> None:
        """Draw pixels over cells that stay as they are, but not over the sentence that covers a view."""
        if not self.stage.is_too_small:
            super().paint_pixels(sequence)

    def _is_knock(self, event: events.MouseDown) -> bool:
        look = self.around.look
        place = int(event.x), int(event.y)
        finger = look.finger(self.size)
        return bool(look.gesture and look.gesture.tap(*place, self.size, finger, self._clock.seconds()))
