"""The lower part of the page: every other question, and what customers wrote, in two columns that fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.charts.faces import face
from kiosk.charts.interval import interval_bar, ticks
from kiosk.charts.lettering import broken, fitted, width_of
from kiosk.charts.marks import Box, Mark, Words
from kiosk.charts.spread import rows
from kiosk.export.report.panels import reason_rows
from kiosk.export.report.sheet import COLUMN, INNER, LEADING, SECOND, SIZE, SMALL, TITLE_HEIGHT, Sheet, paragraph, title
from kiosk.results.metrics import Figure
from kiosk.results.question import QuestionFigures
from kiosk.results.wording import METRICS
from kiosk.telling.comments import Comment
from kiosk.telling.scales import ends_of, scale_labels, span_of
from kiosk.words import N_

_DETAIL = range(8, 1, -1)
"""Rows that a question may have: as many as fit, but not fewer than two."""
_PITCH = 15.5
_GAP = 14.0
_FIGURE_HEIGHT, _BARE_FIGURE_HEIGHT = 62.0, 50.0
"""With the numbers of the scale, and without them."""
_BARE = 5
"""Rows below which a figure's scale goes without numbers too."""
_FACE = 13.0


@dataclass(frozen=True, slots=True)
class Block:
    """One part that takes the width of a column."""

    height: float
    draw: Callable[[Box], Iterator[Mark]]


class Lower:
    """The blocks in two columns, with as much detail as fits into a height."""

    def __init__(self, sheet: Sheet, height: float) -> None:
        """Choose how much detail there is room for."""
        self._sheet, self._height = sheet, height
        for detail in _DETAIL:
            self._placed, self._left_over, needed = _placed(list(_all(sheet, detail)), height)
            if not self._left_over:
                break
        self.spare = 0.0 if self._left_over else height - needed
        """Points that are not needed."""

    def draw(self, top: float) -> Iterator[Mark]:
        """Draw the blocks, the first ones at `top`; what found no room is told below them."""
        for box, block in self._placed:
            yield from block.draw(Box(box.x, box.y + top, box.width, box.height))
        if self._left_over:
            words = self._sheet.edition.say(N_("{count} more: see the export."), count=self._left_over)
            base = top + self._height + SMALL + 2
            yield Words(INNER.right, base, words, SMALL, self._sheet.inks.soft, anchor="end")


def _all(sheet: Sheet, detail: int) -> Iterator[Block]:
    """Give the blocks in the order of what people look for: reasons, what was written, other figures."""
    others = sheet.facts.others
    yield from (_reasons(question, sheet, detail) for question in others if question.kind == "choice")
    if sheet.facts.comments:
        yield _comments(sheet, detail)
    yield from (_figure(question, sheet, detail) for question in others if question.kind != "choice")


def _placed(every: list[Block], height: float) -> tuple[list[tuple[Box, Block]], int, float]:
    """Put each block below the shorter column; give their places, how many found none, and the height they take."""
    ends = {INNER.x: 0.0, SECOND: 0.0}
    placed, left_over = [], 0
    for block in every:
        x = min(ends, key=lambda column: ends[column])
        if ends[x] + block.height > height:
            left_over += 1
            continue
        placed.append((Box(x, ends[x], COLUMN, block.height), block))
        ends[x] += block.height + _GAP
    return placed, left_over, max(0.0, max(ends.values()) - _GAP)


def _reasons(question: QuestionFigures, sheet: Sheet, detail: int) -> Block:
    shown = reason_rows(question, sheet, detail)

    def draw(box: Box) -> Iterator[Mark]:
        yield from _titled(question, box, sheet)
        inner = Box(box.x, box.y + TITLE_HEIGHT, box.width, _PITCH * len(shown))
        yield from rows(inner, shown, sheet.inks, SIZE)

    return Block(TITLE_HEIGHT + _PITCH * len(shown), draw)


def _figure(question: QuestionFigures, sheet: Sheet, detail: int) -> Block:
    """Show a question by its figure; below the small sample by its counts."""

    def draw(box: Box) -> Iterator[Mark]:
        yield from _titled(question, box, sheet)
        inner = Box(box.x, box.y + TITLE_HEIGHT, box.width, box.height - TITLE_HEIGHT)
        if question.figure and question.enough:
            yield from _number(question.figure, inner, sheet, with_ticks=detail >= _BARE)
        else:
            counts = fitted(_counts(question, sheet), inner.width, SIZE)
            yield Words(inner.x, inner.y + SIZE + 2, counts, SIZE, sheet.inks.ink)

    if not question.enough:
        return Block(TITLE_HEIGHT + _PITCH, draw)
    return Block(_FIGURE_HEIGHT if detail >= _BARE else _BARE_FIGURE_HEIGHT, draw)


def _number(figure: Figure, box: Box, sheet: Sheet, *, with_ticks: bool) -> Iterator[Mark]:
    """Set a figure with its interval: in words, and as a bar."""
    edition, inks, ends = sheet.edition, sheet.inks, ends_of(figure.metric)
    number = edition.value(figure)
    yield Words(box.x, box.y + 22, number, 26, inks.ink, "Bold")
    left = box.x + max(width_of(number, 26, "Bold") + 10, 62)
    words = f"{edition.say(METRICS[figure.metric])} ({edition.interval(figure)})"
    yield Words(left, box.y + 7, fitted(words, box.right - left, SMALL), SMALL, inks.soft)
    bar = Box(left, box.y + 13, box.right - left, 8)
    yield from interval_bar(bar, ends, span_of(figure), inks)
    if with_ticks:
        yield from ticks(bar, ends, scale_labels(figure.metric, edition, few=True), inks)


def _counts(question: QuestionFigures, sheet: Sheet) -> str:
    edition = sheet.edition
    given = ((edition.label(question, value), count) for value, count in question.counts.items() if count)
    return " · ".join(f"{label} {edition.number(count)}" for label, count in given)


def _comments(sheet: Sheet, detail: int) -> Block:
    comments = sheet.facts.comments[:detail]
    times = [_when(comment, sheet) for comment in comments]
    left = _FACE + 8
    width = COLUMN - left - max(width_of(time, SMALL) for time in times) - 8
    texts = [broken(f"“{sheet.edition.plain(comment.text)}”", width, SIZE) for comment in comments]
    heights = [max(_FACE, SIZE * LEADING * len(lines)) + 5 for lines in texts]

    def draw(box: Box) -> Iterator[Mark]:
        yield from title(box, sheet.edition.say(N_("Latest comments")), "", sheet.inks)
        top = box.y + TITLE_HEIGHT
        for comment, lines, time, height in zip(comments, texts, times, heights, strict=True):
            if comment.mood is not None:
                yield from face(box.x, top, _FACE, comment.mood, sheet.inks)
            yield from paragraph(Box(box.x + left, top, width, 0), lines, SIZE, sheet.inks.ink)[0]
            yield Words(box.right, top + SIZE, time, SMALL, sheet.inks.soft, anchor="end")
            top += height

    return Block(TITLE_HEIGHT + sum(heights), draw)


def _when(comment: Comment, sheet: Sheet) -> str:
    """Tell when a comment was written: the time of day, with the day where the report has several."""
    edition = sheet.edition
    time = edition.time(comment.at)
    return time if sheet.facts.period.last is None else f"{edition.short_day(comment.at.date())} {time}"


def _titled(question: QuestionFigures, box: Box, sheet: Sheet) -> Iterator[Mark]:
    edition = sheet.edition
    yield from title(box, edition.title(question.scale), edition.answers(question.n), sheet.inks)
