"""Closing the day from the staff's screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.errors import KioskError
from kiosk.export.closed_before import closed_before_words
from kiosk.formats import day_words, number_words
from kiosk.store.day_close import DayClose
from kiosk.ui.keeper import in_thread
from kiosk.ui.staff_desk import StaffDesk
from kiosk.ui.surroundings import Surroundings
from kiosk.words import N_

_SHORT_HASH = 8


@dataclass(frozen=True)
class DayClosing:
    """Asks, closes, and says what became of it."""

    around: Surroundings
    desk: StaffDesk

    async def serve(self) -> str:
        """Close the day if staff say so; give the sentence that says what became of it.

        Raises KioskError and StaffGone.
        """
        day = self.desk.day
        figures = await in_thread(self.desk.figures)
        counts = self._say(N_("Answers {answers} · visits {visits}")).format(
            answers=self._number(sum(question.n for question in figures.questions)),
            visits=self._number(figures.visits["total"]),
        )
        question = self._say(N_("Close {day}?")).format(day=day_words(day, self.around.language, weekday=True))
        for_good = self._say(N_("What is closed stays as it is. What comes in later today goes into the next close."))
        if not await self.around.confirms(question, counts, for_good, yes=self._say(N_("Close the day"))):
            return ""
        try:
            problems = await in_thread(self.desk.open_problems)
            closes = await self.around.keeper.close_day(day, self.around.config, problems)
        except KioskError as error:
            return " ".join(error.said_in(self._say))
        return self._told(closes)

    def _told(self, closes: Sequence[DayClose]) -> str:
        *before, closed = closes
        told = self._say(N_("Day {day} is closed, number {number}. Check code {code}."))
        code = closed.hash[:_SHORT_HASH]
        sentence = told.format(day=day_words(closed.day, self.around.language), number=closed.number, code=code)
        return " ".join(filter(None, (sentence, closed_before_words(before, self.around.language))))

    def _say(self, message: str) -> str:
        return self.around.say(message)

    def _number(self, value: int) -> str:
        return number_words(value, self.around.language)
