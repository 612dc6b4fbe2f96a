"""The full-screen application: one visitor after another, until staff end it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual import events, on
from textual.screen import Screen

from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.errors import KioskError, UsageError
from kiosk.ui.counter import Counter, Manner
from kiosk.ui.gesture import Gesture
from kiosk.ui.keeper import Keeper, in_thread
from kiosk.ui.liaison import Liaison
from kiosk.ui.logo import Sign, load_logo
from kiosk.ui.look import Look
from kiosk.ui.machine import Machine
from kiosk.ui.picture import Raster
from kiosk.ui.public import PublicApp, RasterFound
from kiosk.ui.staff_room import StaffRoom
from kiosk.ui.stage import Stage
from kiosk.ui.surroundings import Surroundings
from kiosk.ui.theme import FEW_COLOURS, palette
from kiosk.ui.view import StaffCalled, View
from kiosk.ui.views.notice import NoticeView, out_of_order, out_of_service, sorry
from kiosk.ui.views.staff_page import StaffPage
from kiosk.ui.views.thanks import Invitation
from kiosk.ui.voice import Voice
from kiosk.ui.widgets.drawing import Drawing
from kiosk.ui.widgets.title import Title
from kiosk.words import words

TICK_SECONDS = 0.25

log = logging.getLogger(__name__)


class StartOver(Exception):
    """The first question has to go: no answer can be taken now, or somebody left it in another language."""


class KioskApp(PublicApp):
    """The kiosk. Only the staff door leads out."""

    CSS_PATH = "kiosk.tcss"

    def __init__(self, config: Config, database: Path, clock: Clock, machine: Machine | None = None) -> None:
        """Serve the survey of `config` on a machine and keep the answers in `database`."""
        self._machine = machine or Machine()
        self._palette = palette(config.look.theme, config.look.accent)
        super().__init__(driver_class=self._machine.driver)
        self._smooth = self.console.color_system in ("truecolor", "256")
        if not self._smooth:
            self._palette = FEW_COLOURS
            self.stylesheet.set_variables(self.get_css_variables())
        self._config, self._database, self._clock = config, database, clock
        self._voice = Voice(self._machine.speaker)
        self._gesture = Gesture(config.staff.gesture) if self._machine.has_staff_door else None
        self._keeper = Keeper(database, clock, self._machine.lock)
        self._liaison = Liaison(database, clock)
        self.stage = Stage()

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
        self._furnish(Raster(), Sign())
        for end in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(end, self.exit)
        self.run_worker(self._serve())
        self.call_after_refresh(self.run_worker, self._open_store())
        self.set_interval(TICK_SECONDS, self.tick)

    def _furnish(self, raster: Raster, sign: Sign) -> None:
        """Make what serves customers and staff as the configuration says; what the screen can do stays known."""
        config = self._config
        self._look = Look(
            palette=self._palette,
            languages=config.survey.languages,
            place=config.kiosk.location or config.kiosk.name,
            clock=self._clock,
            raster=raster,
            sign=sign,
            smooth=self._smooth,
            diagonal_inches=config.screen.diagonal_inches,
            motion=config.look.motion,
            private=config.look.private,
            speaks=self._machine.speaker is not None,
            gesture=self._gesture,
        )
        self.counter = Counter(config.survey, self._manner(), self._look, self.stage, self._keeper)
        around = Surroundings(config, self._database, self._look, self.stage, self.counter, self._keeper)
        self.room = StaffRoom(around)

    def change_to(self, config: Config) -> None:
        """Serve by another configuration from the next customer on; what staff have switched stays."""
        test_mode, out_of_service = self.counter.test_mode, self.room.out_of_service
        self._config = config
        if self._smooth:
            self._palette = palette(config.look.theme, config.look.accent)
            self.stylesheet.set_variables(self.get_css_variables())
            self.refresh_css(animate=False)
        self._furnish(self._look.raster, self._look.sign)
        self.stage.ready = None
        self.counter.test_mode, self.room.out_of_service = test_mode, out_of_service

    def tell_hub(self) -> None:
        """Say at once what became of a configuration, and send as the present one says."""
        self._liaison.change_to(self._config)

    @property
    def config(self) -> Config:
        """Give what the kiosk serves by now."""
        return self._config

    def on_unmount(self) -> None:
        """Finish what is under way."""
        self._voice.close()
        self._liaison.end()
        self._keeper.close()

    def _manner(self) -> Manner:
        review, kiosk = self._config.review, self._config.kiosk
        invitation = Invitation(review.url, review.text) if review else None
        writes = any(question.kind == "text" for question in self._config.survey.questions)
        return Manner(kiosk.idle_seconds, kiosk.thanks_seconds, invitation, writes)

    async def _open_store(self) -> None:
        if self._machine.unfit:
            return
        await in_thread(self.room.door.note_start)
        await self._keeper.open()
        if self._keeper.store:
            self._liaison.begin(self._config, self._keeper.store)
        await self.room.look_back()
        if self.stage.view is not None:
            self.stage.view.wake()
        if self._config.look.logo:
            await self._show_logo(self._config.look.logo)
        self.run_worker(self._keeper.watch_clock())
        await self._keeper.forget_texts(self._config.privacy.keep_text_days)

    async def _show_logo(self, file: Path) -> None:
        """Show the logo, which nobody waits for; where it cannot be read, the shop's name stands there alone."""
        try:
            self._look.sign.logo = await in_thread(load_logo, file)
        except UsageError as error:
            log.warning("%s %s", error.message, error.hint)
        for title in self.stage.query(Title):
            title.refresh()

    async def _serve(self) -> None:
        """Serve until staff end it. Whatever goes wrong with one visitor is logged and does not reach the next."""
        serve: Callable[[], Awaitable[bool | None]] = self._serve_one
        while True:
            try:
                if await serve():
                    break
                serve = self._serve_one
            except StartOver:
                serve = self._serve_one
            except StaffCalled:
                serve = self.room.serve
            except Exception as error:
                log.exception("a visit ended in an unexpected error")
                serve = self._apologise
                if renewal := self._liaison.renewal:
                    renewal.give_up(self, error)
        self.exit()

    async def _serve_one(self) -> None:
        if (renewal := self._liaison.renewal) and renewal.is_due:
            await renewal.begin(self)
        language = self._config.survey.languages[0]
        if self.room.out_of_service:
            await self.stage.show(out_of_service(self._look, language))
        elif cause := self.trouble:
            await self.stage.show(out_of_order(self._look, language, cause.said_in(words(language))[0]))
        else:
            await self.counter.serve_visitor()

    async def _apologise(self) -> None:
        await self.stage.show(sorry(self._look, self.counter.language))

    @property
    def trouble(self) -> KioskError | None:
        """Say why no answer can be taken now; None when all is well."""
        return self._machine.unfit or self._keeper.trouble

    @on(RasterFound)
    def draw_as_finely(self, message: RasterFound) -> None:
        """Draw pictures in pixels where the terminal can."""
        if self._config.screen.pictures == "blocks" or message.cell == self._look.raster.cell:
            return
        self._look.raster.cell = message.cell
        for drawing in self.stage.query(Drawing):
            drawing.refresh(layout=True)

    def tick(self) -> None:
        """Let time pass for everyone who waits for it."""
        now = self._clock.seconds()
        self._keeper.tick(now)
        if self._machine.heartbeat and self._keeper.is_answered(now):
            self._machine.heartbeat.beat(now)
        view = self.stage.view
        if view is None:
            return
        view.tick(now)
        if renewal := self._liaison.renewal:
            renewal.tick(self, view, now)
        if self.counter.is_waiting and self._begins_anew(view, now):
            view.interrupt(StartOver())
        elif isinstance(view, NoticeView) and view.lasts_while_trouble and not self.trouble:
            view.finish(None)

    def _begins_anew(self, view: View[Any], now: float) -> bool:
        if (renewal := self._liaison.renewal) and renewal.has_turn(view, now):
            return True
        return bool(self.trouble) or self.room.out_of_service or self._was_left(view, now)

    def _was_left(self, view: View[Any], now: float) -> bool:
        """Tell whether somebody chose another language or the voice and went away: the next customer starts anew.

        Whoever has begun to answer is warned by the view itself, and given more time.
        """
        idle = now - view.active_at >= self._config.kiosk.idle_seconds
        is_changed = view.language != self._config.survey.languages[0] or self._voice.is_on
        return idle and is_changed and not view.is_begun

    @on(View.Spoken)
    def speak(self, message: View.Spoken) -> None:
        """Go on in the language that the customer chose."""
        self.counter.language = message.language
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
        finger = self._look.finger(self.size)
        place = int(event.x), int(event.y)
        return bool(self._gesture and self._gesture.tap(*place, self.size, finger, self._clock.seconds()))
