"""The foot of the page: how the visits ended, what is doubtful, and how the figures were worked out."""

from __future__ import annotations

from collections.abc import Iterator

import kiosk
from kiosk.charts.lettering import broken, width_of
from kiosk.charts.marks import Block, Box, Mark, Words
from kiosk.charts.spread import segments
from kiosk.export.report.sheet import COLUMN, INNER, SECOND, SIZE, SMALL, TITLE_HEIGHT, Sheet, paragraph, title
from kiosk.results.sample import Sample, sample_of
from kiosk.results.wording import MARKS, OUTCOMES
from kiosk.telling.edition import SURE
from kiosk.words import N_

FOOT_HEIGHT = 112.0

_NOTES_HEIGHT = 42.0
_METHODS = {
    "nps": N_("score interval, Rocks 2016"),
    "smiley_index": N_("Student's t"),
    "ces": N_("Student's t"),
    "csat": N_("Wilson"),
    "success": N_("Wilson"),
}


def foot(sheet: Sheet, top: float) -> Iterator[Mark]:
    """Lay out the foot, from `top` down FOOT_HEIGHT points."""
    left, right = (Box(x, top, COLUMN, FOOT_HEIGHT - _NOTES_HEIGHT) for x in (INNER.x, SECOND))
    yield from _visits(sheet, left)
    yield from _doubts(sheet, right)
    below = Box(INNER.x, INNER.bottom - _NOTES_HEIGHT, INNER.width, _NOTES_HEIGHT)
    yield Block(below.x, below.y, below.width, 0.75, sheet.inks.rule)
    lines = broken(" ".join(notes(sheet)), below.width, SMALL, lines=4)
    yield from paragraph(Box(below.x, below.y + 6, below.width, 0), lines, SMALL, sheet.inks.soft)[0]


def _visits(sheet: Sheet, box: Box) -> Iterator[Mark]:
    edition, inks, visits = sheet.edition, sheet.inks, sheet.facts.visits
    yield from title(box, edition.say(N_("Visits")), edition.number(visits["total"]), inks)
    colours = (inks.accent, inks.moods[3], inks.rule, inks.soft)
    parts = [(visits[outcome.value], colour) for outcome, colour in zip(OUTCOMES, colours, strict=True)]
    yield from segments(Box(box.x, box.y + TITLE_HEIGHT, box.width, 9), parts, inks)
    x, y = box.x, box.y + TITLE_HEIGHT + 22
    for (count, colour), words in zip(parts, OUTCOMES.values(), strict=True):
        if not count:
            continue
        text = f"{edition.number(count)} {edition.say(words)}"
        if x + width_of(text, SMALL) + 9 > box.right:
            x, y = box.x, y + 11
        yield Block(x, y - 5.5, 6, 6, colour)
        yield Words(x + 9, y, text, SMALL, inks.ink)
        x += 9 + width_of(text, SMALL) + 12


def _doubts(sheet: Sheet, box: Box) -> Iterator[Mark]:
    edition, inks, main = sheet.edition, sheet.inks, sheet.facts.main
    marked = edition.number(main.flagged)
    yield from title(box, edition.say(N_("Answers marked as doubtful")), marked, inks)
    top = box.y + TITLE_HEIGHT
    for line in doubt_lines(sheet):
        lines = broken(line, box.width, SIZE)
        said, taken = paragraph(Box(box.x, top - 3, box.width, 0), lines, SIZE, inks.ink)
        yield from said
        top += taken


def doubt_lines(sheet: Sheet) -> Iterator[str]:
    """Say how many answers are doubtful, why, and what the figure is without them."""
    edition, main = sheet.edition, sheet.facts.main
    rest, figure = main.n - main.flagged, main.unflagged
    if not main.flagged:
        yield edition.say(N_("None was marked; all are counted."))
    elif figure and sample_of(rest, sheet.config.results.small_sample) is not Sample.COUNTS_ONLY:
        yield edition.say(
            N_("They are counted. Without them: {value} ({interval}), {answers}."),
            value=edition.value(figure),
            interval=edition.interval(figure),
            answers=edition.answers(rest),
        )
    else:
        yield edition.say(N_("They are counted. Without them: {answers}."), answers=edition.answers(rest))
    if main.marks:
        reasons = ((edition.say(MARKS[mark]) if mark in MARKS else mark, count) for mark, count in main.marks.items())
        yield " · ".join(f"{words}: {edition.number(count)}" for words, count in reasons)
    if main.superseded:
        count = edition.number(main.superseded)
        yield edition.say(N_("Changed or taken back by the customer, not counted: {count}."), count=count)


def notes(sheet: Sheet) -> Iterator[str]:
    """Say how the figures were worked out, and what they leave out."""
    edition, facts = sheet.edition, sheet.facts
    if facts.main.figure and facts.main.enough:
        method = edition.say(_METHODS[facts.main.figure.metric])
        yield edition.say(
            N_("Bars and brackets: where the true value lies with {level} confidence ({method})."),
            level=edition.percent(SURE),
            method=method,
        )
    yield edition.say(N_("Customers chose themselves whether to answer: compare with your own figures only."))
    if any(hour.is_thin for hour in facts.hours.hours):
        yield edition.say(N_("Hours with a hollow column have too few answers for a figure."))
    if facts.hours.unsynced:
        count = edition.number(facts.hours.unsynced)
        yield edition.say(
            N_("Answers left out of the hours, as the clock was not to be trusted: {count}."), count=count
        )
    if any(each.kind == "nps" for each in (facts.main, *facts.others)):
        yield edition.say(
            N_("Net Promoter Score and NPS are trademarks of Bain & Company, NICE Systems and Fred Reichheld.")
        )
    when = f"{edition.short_day(facts.made_at.date())} {edition.time(facts.made_at)}"
    yield edition.say(N_("Made {when} by kiosk {version}."), when=when, version=kiosk.__version__)
