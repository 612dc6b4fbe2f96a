"""Where staff's pages come from: the database, read beside the screen, and what is known of the kiosk itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.clock import Clock, business_day
from kiosk.config import Config
from kiosk.device.closed_days import open_problems
from kiosk.results.comparison import compare
from kiosk.results.day import DayFigures
from kiosk.results.hours import heat_map
from kiosk.results.period import Period, last_days
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.results.ranking import ranked
from kiosk.results.slots import Slot
from kiosk.results.tally import Scale
from kiosk.results.trend import trend
from kiosk.store.day_close import OpenProblem
from kiosk.store.figures import plain_figures_of
from kiosk.store.reader import Reader
from kiosk.telling.edition import Edition
from kiosk.telling.facts import Facts, gather
from kiosk.ui.charts.sheets import RankingSheet, RemarksSheet, Sheet, TodaySheet, TrendSheet, WeekSheet
from kiosk.ui.health import health_sheet
from kiosk.ui.staff_sheets import ranking_sheet, remarks_sheet, trend_sheet, week_sheet
from kiosk.ui.today_sheet import today_sheet
from kiosk.ui.views.staff import Page
from kiosk.words import N_

_WEEK_DAYS = 56
"""Days that the week and the touchpoints look back: eight of each weekday."""
_TREND_DAYS = 28


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """Makes the pages. Its methods block for as long as reading takes, and raise what the store raises."""

    config: Config
    database: Path
    clock: Clock

    def sheet(self, page: Page, language: str) -> Sheet:
        """Make a page."""
        edition = Edition(self.config, language)
        if page is Page.HEALTH:
            return health_sheet(self.database, self.config, self.clock, edition)
        makers: dict[Page, Callable[[Reader, Edition], Sheet]] = {
            Page.TODAY: self._today,
            Page.WEEK: self._week,
            Page.TOUCHPOINTS: self._touchpoints,
            Page.TREND: self._trend,
            Page.REMARKS: self._remarks,
        }
        with Reader(self.database) as reader:
            return makers[page](reader, edition)

    @property
    def day(self) -> date:
        """Give the business day that it is."""
        return business_day(self.clock.now().at_ms, self.config.zone, self.config.kiosk.day_ends_at)

    def figures(self) -> DayFigures:
        """Count today's answers."""
        with Reader(self.database) as reader:
            return plain_figures_of(reader, self.config, Period(self.day))

    def open_problems(self) -> list[OpenProblem]:
        """Give what a day's close has to tell about the kiosk."""
        return open_problems(self.database, self.clock.now().state, self.config.kiosk.allow_volatile)

    def _today(self, reader: Reader, edition: Edition) -> TodaySheet:
        facts = self._facts(reader)
        before = Period(self.day).before()
        yesterday = compare(self._first(reader, before), facts.main)
        compared = [
            (edition.say(N_("Yesterday")), yesterday),
            (_weekday(facts.earlier.first, edition), facts.comparison),
        ]
        return today_sheet(facts, compared, self.config, edition)

    def _remarks(self, reader: Reader, edition: Edition) -> RemarksSheet:
        return remarks_sheet(self._facts(reader), edition)

    def _facts(self, reader: Reader) -> Facts:
        return gather(reader, self.config, Period(self.day), self.clock.now().at_ms)

    def _week(self, reader: Reader, edition: Edition) -> WeekSheet:
        period = last_days(self.day, _WEEK_DAYS)
        hours = heat_map(self._slots(reader, period), self._scale, self.config)
        return week_sheet(hours, self._scale, edition.days(period), edition)

    def _touchpoints(self, reader: Reader, edition: Edition) -> RankingSheet:
        figures = plain_figures_of(reader, self.config, last_days(self.day, _WEEK_DAYS))
        return ranking_sheet(ranked(figures.questions), edition)

    def _trend(self, reader: Reader, edition: Edition) -> TrendSheet:
        period = last_days(self.day, _TREND_DAYS)
        days = trend(self._slots(reader, period), self._scale, period, self.config)
        return trend_sheet(days, self._scale, self.config.results.goal, edition)

    def _first(self, reader: Reader, period: Period) -> QuestionFigures:
        """Give the figures of the question that starts every visit."""
        figures = plain_figures_of(reader, self.config, period)
        return next(question for question in figures.questions if question.scale == self._scale)

    def _slots(self, reader: Reader, period: Period) -> list[Slot]:
        """Give the answers of a period to that question, by the quarters of an hour."""
        return list(reader.slots(self._scale, self.config.kiosk.day_ends_at, *period.bounds_in(self.config)))

    @property
    def _scale(self) -> Scale:
        return scale_of(self.config.survey.first)


def _weekday(day: date, edition: Edition) -> str:
    return f"{edition.short_weekday(day)} {edition.day_and_month(day)}"
