"""Behind the staff door: the figures, and what staff may do."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.formats import day_words
from kiosk.ui.charts.sheets import Sheet
from kiosk.ui.keeper import in_thread
from kiosk.ui.staff_door import StaffDoor
from kiosk.ui.surroundings import Surroundings
from kiosk.ui.views.more import MoreView, Switch
from kiosk.ui.views.staff import Desk, Page, StaffAction, StaffView
from kiosk.ui.views.staff_page import StaffGone
from kiosk.words import N_

if TYPE_CHECKING:
    from kiosk.ui.staff_desk import StaffDesk

log = logging.getLogger(__name__)


class StaffRoom:
    """Serves staff until they leave or are gone."""

    def __init__(self, around: Surroundings) -> None:
        """Serve behind the door of this kiosk."""
        self._around = around
        self.door = StaffDoor(around)
        self.out_of_service = False

    async def look_back(self) -> None:
        """Stay out of service over a restart: the staff log knows what was chosen last."""
        try:
            self.out_of_service = await in_thread(self._last_service_note) == "out_of_service"
        except KioskError as error:
            log.warning("staff log not read: %s", error.message)

    def _last_service_note(self) -> str | None:
        from kiosk.store.reader import Reader  # SQLModel is loaded by now, after the first frame

        with Reader(self._around.database) as reader:
            return reader.last_note("out_of_service", "in_service")

    async def serve(self) -> bool:
        """Ask for the PIN and do what staff want; True when the program shall end."""
        if not await self.door.let_in():
            return False
        await self._around.keeper.note("opened")
        ends = False
        with suppress(StaffGone):
            ends = await self._attend()
        await self._around.keeper.note("left_program" if ends else "closed")
        return ends

    async def _attend(self) -> bool:
        page, message = Page.TODAY, ""
        while True:
            desk = await self._desk_with(page, message)
            view = StaffView(*self._around.view_options, desk)
            chosen = await self._around.stage.show(view)
            self._around.counter.language, message = view.language, ""
            if isinstance(chosen, Page):
                page = chosen
            elif chosen in (None, StaffAction.BACK):
                return False
            elif chosen is StaffAction.EXPORT:
                message = await self._hand_on()
            elif chosen is StaffAction.CLOSE_DAY:
                message = await self._close_day()
            else:
                done = await self._do_more()
                if done is None:
                    return True
                message = done

    async def _do_more(self) -> str | None:
        """Do what staff do seldom; give the sentence that says what became of it, None when the program shall end."""
        switch = await self._choose_switch()
        if switch is Switch.LEAVE:
            return None if await self._confirms_leaving() else ""
        if switch is Switch.HUB:
            return await self._join()
        if switch is Switch.ERASE:
            return await self._erase()
        return await self._switch(switch) if switch else ""

    async def _desk_with(self, page: Page, message: str) -> Desk:
        title = self._say(N_("Staff · {day}")).format(day=day_words(self._desk.day, self._around.language))
        if self._around.counter.test_mode:
            title = f"{title} · {self._say(N_('TEST MODE'))}"
        try:
            sheet = await in_thread(self._sheet, page)
        except KioskError as error:
            return Desk(title, page, None, message or error.said_in(self._say)[0])
        return Desk(title, page, sheet, message)

    def _sheet(self, page: Page) -> Sheet:
        return self._desk.sheet(page, self._around.language)

    async def _choose_switch(self) -> Switch | None:
        view = MoreView(
            *self._around.view_options,
            out_of_service=self.out_of_service,
            test_mode=self._around.counter.test_mode,
        )
        return await self._around.show(view)

    async def _confirms_leaving(self) -> bool:
        question = self._say(N_("Quit the program?"))
        means = self._say(N_("The kiosk takes no answers until it is started."))
        return await self._around.confirms(question, means, yes=self._say(N_("Quit the program")))

    async def _switch(self, switch: Switch) -> str:
        """Switch something; give the sentence that says what became of it."""
        if switch is Switch.TEST:
            self._around.counter.test_mode = not self._around.counter.test_mode
            await self._around.keeper.note("test_mode_on" if self._around.counter.test_mode else "test_mode_off")
            if self._around.counter.test_mode:
                return self._say(N_("Test mode: answers are marked and do not count."))
            return self._say(N_("Test mode has ended."))
        self.out_of_service = not self.out_of_service
        await self._around.keeper.note("out_of_service" if self.out_of_service else "in_service")
        if self.out_of_service:
            return self._say(N_("The kiosk takes no answers until you open it again."))
        return self._say(N_("The kiosk takes answers again."))

    async def _close_day(self) -> str:
        from kiosk.ui.day_closing import DayClosing  # with the database library, after the first frame

        try:
            return await DayClosing(self._around, self._desk).serve()
        except KioskError as error:
            return error.said_in(self._say)[0]

    async def _hand_on(self) -> str:
        from kiosk.ui.hand_on.flow import HandOn  # not needed before staff ask for a file

        return await HandOn(self._around).serve(self._desk.day)

    async def _join(self) -> str:
        from kiosk.ui.joining import Joining

        try:
            return await Joining(self._around).serve()
        except KioskError as error:
            return error.said_in(self._say)[0]

    async def _erase(self) -> str:
        from kiosk.ui.erasing import Erasing

        return await Erasing(self._around).serve()

    @property
    def _desk(self) -> StaffDesk:
        from kiosk.ui.staff_desk import StaffDesk  # with the words and the database library, after the first frame

        return StaffDesk(self._around.config, self._around.database, self._around.look.clock)

    def _say(self, message: str) -> str:
        return self._around.say(message)
