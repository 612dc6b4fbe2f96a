"""The main question: its figure large, what that means in words, and how sure it is as a bar."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.charts.interval import Before, Flag, flags, interval_bar, ticks
from kiosk.charts.lettering import balanced, bearing, fitted, largest
from kiosk.charts.marks import Box, Mark, Words
from kiosk.export.report.sheet import INNER, LEADING, SIZE, Sheet, paragraph
from kiosk.results.comparison import Verdict
from kiosk.results.metrics import Figure
from kiosk.results.wording import METRICS
from kiosk.telling.edition import SURE
from kiosk.telling.findings import details, headline
from kiosk.telling.scales import ends_of, marks_of, scale_labels, span_of
from kiosk.words import N_

_FIGURE_WIDTH = 178.0
_WORDS_TOP, _LEAST_BAR_TOP = 43.0, 139.0
_HEADLINE = 20.0
_BAR_HEIGHT, _TICKS_HEIGHT = 17.0, 17.0
_FLAG_ROOM = 15.0


class Head:
    """The main question, laid out to be drawn anywhere."""

    def __init__(self, sheet: Sheet) -> None:
        """Break the sentences into lines, which tells the height."""
        self._sheet, self._main = sheet, sheet.facts.main
        self._figure = self._main.figure if self._main.enough and self._main.n else None
        width = INNER.width - _FIGURE_WIDTH
        self._headline = balanced(headline(sheet.facts, sheet.edition), width, _HEADLINE, "Semibold")
        self._details = [fitted(line, width, SIZE) for line in details(sheet.facts, sheet.config, sheet.edition)]
        self._flags = [Flag(*mark) for mark in marks_of(sheet.config.results, sheet.edition)] if self._figure else []
        said = (_HEADLINE * len(self._headline) + SIZE * len(self._details)) * LEADING + 10
        room = _FLAG_ROOM if self._flags else 0.0
        self._bar_top = max(_LEAST_BAR_TOP, _WORDS_TOP + said + room)
        self.height = self._bar_top + _BAR_HEIGHT + _TICKS_HEIGHT
        """Points that it takes."""

    def draw(self, top: float) -> Iterator[Mark]:
        """Draw it from `top` downwards."""
        yield from self._question(top)
        yield from self._number(top)
        left = INNER.x + _FIGURE_WIDTH
        inks = self._sheet.inks
        place = Box(left, top + _WORDS_TOP, INNER.right - left, 0)
        sentence, taken = paragraph(place, self._headline, _HEADLINE, inks.accent, "Semibold")
        yield from sentence
        below = Box(left, place.y + taken + 4, place.width, 0)
        yield from paragraph(below, self._details, SIZE, inks.soft)[0]
        if self._figure:
            yield from self._scale(Box(left, top + self._bar_top, place.width, _BAR_HEIGHT), self._figure)

    def _question(self, top: float) -> Iterator[Mark]:
        edition, inks = self._sheet.edition, self._sheet.inks
        title = edition.title(self._main.scale)
        size = largest(title, INNER.width, (13, 12, 11), "Semibold")
        yield Words(INNER.x, top + 15, fitted(title, INNER.width, size, "Semibold"), size, inks.ink, "Semibold")
        metric = METRICS[self._figure.metric] if self._figure else N_("Number of answers")
        yield Words(INNER.x, top + 30, edition.say(metric), SIZE, inks.soft)

    def _number(self, top: float) -> Iterator[Mark]:
        """Set the figure large, with how many answers it rests on; without a figure their number alone."""
        edition, inks, figure = self._sheet.edition, self._sheet.inks, self._figure
        number = edition.value(figure) if figure else edition.number(self._main.n)
        size = largest(number, _FIGURE_WIDTH - 14, (104, 92, 80, 68, 56, 44), "Bold")
        yield Words(INNER.x - bearing(number, size, "Bold"), top + 119, number, size, inks.ink, "Bold")
        if figure:
            yield Words(INNER.x, top + 141, edition.answers(self._main.n), 11, inks.ink, "Semibold")
            ends = edition.interval(figure)
            interval = edition.say(N_("{level} interval {ends}"), level=edition.percent(SURE), ends=ends)
            yield Words(INNER.x, top + 155, interval, SIZE, inks.soft)

    def _scale(self, box: Box, figure: Figure) -> Iterator[Mark]:
        facts, edition, inks = self._sheet.facts, self._sheet.edition, self._sheet.inks
        ends, comparison, before = ends_of(figure.metric), facts.comparison, None
        if comparison and comparison.verdict is not Verdict.TOO_FEW:
            before = Before(span_of(comparison.before), edition.short_days(facts.earlier))
        yield from interval_bar(box, ends, span_of(figure), inks, before)
        yield from ticks(box, ends, scale_labels(figure.metric, edition), inks)
        yield from flags(Box(box.x, box.y, box.width, box.height / 2), ends, self._flags, inks)
