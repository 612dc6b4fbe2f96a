"""Behind the staff door: today's figures, and what staff may do."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

from kiosk.clock import business_day
from kiosk.config import Config
from kiosk.errors import KioskError
from kiosk.formats import day_words, number_words
from kiosk.results.day import DayFigures, day_figures
from kiosk.results.period import Period
from kiosk.results.rounding import rounded
from kiosk.survey import phrase_in
from kiosk.ui.counter import Counter
from kiosk.ui.keeper import Keeper, in_thread
from kiosk.ui.look import Look
from kiosk.ui.staff_door import StaffDoor
from kiosk.ui.stage import Stage
from kiosk.ui.views.folder import FolderView, places
from kiosk.ui.views.staff import StaffAction, StaffView, Today
from kiosk.ui.widgets.figures import FigureLine
from kiosk.words import N_, words

log = logging.getLogger(__name__)


class StaffRoom:
    """Serves staff until they leave or are gone."""

    def __init__(
        self, config: Config, database: Path, look: Look, stage: Stage, counter: Counter, keeper: Keeper
    ) -> None:
        """Serve behind the door of this database."""
        self._config, self._database, self._look = config, database, look
        self._stage, self._counter, self._keeper = stage, counter, keeper
        self.door = StaffDoor(database.parent, look, stage, keeper, config.staff.idle_seconds)
        self.out_of_service = False

    async def look_back(self) -> None:
        """Stay out of service over a restart: the staff log knows what was chosen last."""
        try:
            self.out_of_service = await in_thread(self._last_service_note) == "out_of_service"
        except KioskError as error:
            log.warning("staff log not read: %s", error.message)

    def _last_service_note(self) -> str | None:
        from kiosk.store.reader import Reader  # SQLModel is loaded by now, after the first frame

        with Reader(self._database) as reader:
            return reader.last_note("out_of_service", "in_service")

    async def serve(self) -> bool:
        """Ask for the PIN and do what staff want; True when the program shall end."""
        if not await self.door.let_in(self._language):
            return False
        await self._keeper.note("opened")
        message = ""
        while True:
            today = replace(await self._today(), message=message)
            action = await self._stage.show(StaffView(self._look, self._language, self._idle, today))
            if action in (None, StaffAction.BACK):
                return False
            if action is StaffAction.LEAVE:
                await self._keeper.note("left_program")
                return True
            message = await self._do(action)

    async def _do(self, action: StaffAction) -> str:
        """Do what staff chose; give the sentence that says what became of it."""
        if action is StaffAction.EXPORT:
            return await self._export()
        if action is StaffAction.TEST:
            self._counter.test_mode = not self._counter.test_mode
            await self._keeper.note("test_mode_on" if self._counter.test_mode else "test_mode_off")
            if self._counter.test_mode:
                return self._say(N_("Test mode: answers are marked and do not count."))
            return self._say(N_("Test mode has ended."))
        self.out_of_service = not self.out_of_service
        await self._keeper.note("out_of_service" if self.out_of_service else "in_service")
        if self.out_of_service:
            return self._say(N_("The kiosk takes no answers until you open it again."))
        return self._say(N_("The kiosk takes answers again."))

    async def _export(self) -> str:
        from kiosk.export.day import export_day  # not needed before staff ask for a file

        offered = places(self._config.staff.export_folder, Path.home())
        folder = await self._stage.show(FolderView(self._look, self._language, self._idle, offered))
        if folder is None:
            return ""
        day = self._day()
        try:
            path = await in_thread(export_day, self._database, self._config, day, folder, "csv")
        except KioskError as error:
            return f"{error.message} {error.hint}"
        await self._keeper.note("exported", path.name)
        return self._say(N_("Saved: {path}")).format(path=path)

    async def _today(self) -> Today:
        day = self._day()
        try:
            figures = await in_thread(self._figures, day)
            lines, summary = self._lines(figures), self._summary(figures)
        except KioskError as error:
            lines, summary = [], error.message
        title = self._say(N_("Staff · {day}")).format(day=day_words(day, self._language))
        return Today(title, lines, summary, self.out_of_service, self._counter.test_mode)

    def _figures(self, day: date) -> DayFigures:
        from kiosk.store.reader import Reader  # SQLModel is loaded by now, after the first frame

        period = Period(day)
        start, end = period.bounds(self._config.zone, self._config.kiosk.day_ends_at)
        with Reader(self._database) as reader:
            return day_figures(reader.count_values(start, end), reader.outcomes(start, end), self._config, period)

    def _lines(self, figures: DayFigures) -> list[FigureLine]:
        survey = self._config.survey
        lines = [FigureLine(self._say(N_("Question")), self._say(N_("Answers")), self._say(N_("Mean")))]
        for row in figures.questions:
            asked = survey.question(row.id)
            name = phrase_in(asked.text, self._language) if asked else row.id
            mean = "–" if row.mean is None else number_words(rounded(row.mean, 2), self._language)
            lines.append(FigureLine(name, number_words(row.n, self._language), mean))
        return lines

    def _summary(self, figures: DayFigures) -> str:
        total = number_words(figures.visits["total"], self._language)
        visits = self._say(N_("Visits today: {visits}")).format(visits=total)
        test_mode = self._say(N_("TEST MODE"))
        return f"{visits} · {test_mode}" if self._counter.test_mode else visits

    def _day(self) -> date:
        return business_day(self._look.clock.now().at_ms, self._config.zone, self._config.kiosk.day_ends_at)

    def _say(self, message: str) -> str:
        return words(self._language)(message)

    @property
    def _language(self) -> str:
        return self._counter.language

    @property
    def _idle(self) -> int:
        return self._config.staff.idle_seconds
