"""The staff door: the PIN is asked for, or chosen in the first quarter of an hour."""

from __future__ import annotations

import logging
import math

from kiosk.device.pin import PinVault, WeakPin, WrongPin
from kiosk.errors import KioskError
from kiosk.ui.keeper import in_thread
from kiosk.ui.surroundings import Surroundings
from kiosk.ui.views.notice import NoticeView
from kiosk.ui.views.pin import PinView
from kiosk.words import N_

_NOTICE_SECONDS = 8

log = logging.getLogger(__name__)


class StaffDoor:
    """Lets in whoever knows the PIN. It stays shut when there is none and the time to choose one is over."""

    def __init__(self, around: Surroundings) -> None:
        """Guard with the PIN that is kept beside the database."""
        self._around = around
        self._vault = PinVault(around.database.parent, around.look.clock)

    def note_start(self) -> None:
        """Note the first start, from which the time to choose a PIN is counted."""
        try:
            self._vault.note_start()
        except KioskError as error:
            log.warning("%s", error.message)

    async def let_in(self) -> bool:
        """Ask for the PIN, or for a new one; True when the door is open."""
        try:
            if await in_thread(lambda: self._vault.is_set):
                return await self._check()
            if await in_thread(self._vault.may_claim):
                return await self._claim()
        except KioskError as error:
            await self._notice(*error.said_in(self._say))
            return False
        await self._notice(N_("No PIN is set."), N_("Set one with the command: kiosk pin"))
        return False

    async def _check(self) -> bool:
        detail = ""
        while True:
            if seconds := await in_thread(self._vault.locked_for):
                detail = self._say(N_("Locked for {seconds} s.")).format(seconds=math.ceil(seconds))
            pin = await self._ask(N_("PIN"), detail)
            if pin is None:
                return False
            try:
                await in_thread(self._vault.check, pin)
                return True
            except WrongPin as error:
                await self._around.keeper.note("wrong_pin")
                detail = self._say(N_("Wrong PIN. Tries left: {tries}")).format(tries=error.tries_left)

    async def _claim(self) -> bool:
        detail = self._say(N_("Choose 6 to 12 digits."))
        while True:
            pin = await self._ask(N_("Choose a PIN for the staff"), detail)
            if pin is None:
                return False
            again = await self._ask(N_("The same PIN again"), "")
            if again is None:
                return False
            if again != pin:
                detail = self._say(N_("The two were not the same."))
                continue
            try:
                await in_thread(self._vault.set, pin)
            except WeakPin:
                detail = self._say(N_("That PIN is too easy or too short. Choose 6 to 12 digits."))
                continue
            await self._around.keeper.note("pin_set")
            return True

    async def _ask(self, title: str, detail: str) -> str | None:
        return await self._around.stage.show(PinView(*self._around.view_options, title, detail))

    async def _notice(self, title: str, detail: str) -> None:
        look, language, _ = self._around.view_options
        await self._around.stage.show(NoticeView(look, language, title, detail, seconds=_NOTICE_SECONDS))

    def _say(self, message: str) -> str:
        return self._around.say(message)
