"""The middle of the page: how the answers to the main question spread, and how they went through the day."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.charts.hours import Hour, hours
from kiosk.charts.ink import Inks
from kiosk.charts.marks import Box, Mark, Words
from kiosk.charts.spread import Row, columns, rows
from kiosk.export.report.sheet import COLUMN, INNER, SECOND, SIZE, SMALL, TITLE_HEIGHT, Sheet, title
from kiosk.results.distribution import distribution, ranked_reasons
from kiosk.results.hours import HourFigure
from kiosk.results.question import QuestionFigures
from kiosk.telling.scales import ends_of, scale_labels, span_of
from kiosk.words import N_

PANELS_HEIGHT = 142.0
"""Points that the panels need at the least."""

_BARE_NUMBERS = ("nps", "ces")
"""Kinds whose steps are numbers: columns side by side, where others have a row of words for each."""
_GROUPS = ((range(7), N_("detractors")), (range(7, 9), N_("passives")), (range(9, 11), N_("promoters")))
_BEST = 8
"""Reasons at the most."""


def panels(sheet: Sheet, box: Box) -> Iterator[Mark]:
    """Lay out both panels side by side; choices have no figure to show by hour, and take the whole width."""
    main, edition = sheet.facts.main, sheet.edition
    left, right = (Box(x, box.y, COLUMN, box.height) for x in (INNER.x, SECOND))
    if main.points is None:
        left = box
    else:
        yield from title(right, edition.say(N_("Hour by hour")), "", sheet.inks)
        yield from _hours(sheet, _below_title(right))
    yield from title(left, edition.say(N_("How the answers spread")), edition.answers(main.n), sheet.inks)
    yield from spread(main, _below_title(left), sheet)


def spread(question: QuestionFigures, box: Box, sheet: Sheet) -> Iterator[Mark]:
    """Draw how the answers to a question spread: the best on top, or reasons by how often they were given."""
    if question.kind == "nps":
        yield from _promoters(question, box, sheet)
    elif question.kind in _BARE_NUMBERS:
        yield from columns(box, scale_rows(question, sheet), sheet.inks)
    else:
        answers = (
            reason_rows(question, sheet, _BEST) if question.kind == "choice" else scale_rows(question, sheet)[::-1]
        )
        yield from rows(box, answers, sheet.inks)


def scale_rows(question: QuestionFigures, sheet: Sheet) -> list[Row]:
    """Give the steps of a scale from the lowest."""
    steps = distribution(question).steps
    highest = max(len(steps) - 1, 1)
    shown = []
    for place, step in enumerate(steps):
        mood = place / highest
        numbers = [sheet.edition.number(step.count)]
        if question.enough:
            numbers.append(sheet.edition.percent(step.percent))
        colour = _nps_colour(place, sheet.inks) if question.kind == "nps" else sheet.inks.mood(mood)
        words = sheet.edition.label(question, step.value)
        shown.append(Row(words, step.count, tuple(numbers), colour, mood if question.kind == "smiley" else None))
    return shown


def reason_rows(question: QuestionFigures, sheet: Sheet, most: int) -> list[Row]:
    """Give the reasons that were given most, with the share of those who answered and its interval."""
    shown = []
    for reason in ranked_reasons(question)[:most]:
        numbers = [sheet.edition.number(reason.count)]
        if question.enough:
            low, high = (sheet.edition.percent(end) for end in (reason.low, reason.high))
            low = low.removesuffix("%").rstrip()
            numbers += [sheet.edition.percent(reason.share), f"({low}–{high})"]
        words = sheet.edition.label(question, reason.choice)
        shown.append(Row(words, reason.count, tuple(numbers), sheet.inks.accent))
    return shown


def _promoters(question: QuestionFigures, box: Box, sheet: Sheet) -> Iterator[Mark]:
    """Draw the eleven steps, and below them who counts as what."""
    inks, edition, counts = sheet.inks, sheet.edition, question.in_order
    legend = 2.3 * SIZE
    plot = Box(box.x, box.y, box.width, box.height - legend)
    yield from columns(plot, scale_rows(question, sheet), inks)
    pitch = box.width / len(counts)
    for steps, words in _GROUPS:
        count = sum(counts[step] for step in steps)
        middle = box.x + pitch * (steps[0] + len(steps) / 2)
        share = f" · {edition.percent(100 * count / question.n)}" if question.enough else ""
        number = f"{edition.number(count)}{share}"
        yield Words(middle, box.bottom - SIZE - 1, number, SIZE, inks.ink, "Semibold", "middle")
        yield Words(middle, box.bottom - 1, edition.say(words), SMALL, inks.soft, anchor="middle")


def _nps_colour(value: int, inks: Inks) -> str:
    group = next(place for place, (steps, _) in enumerate(_GROUPS) if value in steps)
    return (inks.moods[0], inks.moods[2], inks.moods[4])[group]


def _hours(sheet: Sheet, box: Box) -> Iterator[Mark]:
    facts, inks = sheet.facts, sheet.inks
    if not facts.hours.hours:
        words = sheet.edition.say(N_("No answer has a time of day."))
        yield Words(box.x, box.y + SIZE + 4, words, SIZE, inks.soft)
        return
    metric = facts.main.figure.metric if facts.main.figure else ""
    day = [_hour(hour, sheet) for hour in facts.hours.hours]
    labels = scale_labels(metric, sheet.edition, few=True)
    yield from hours(box, day, ends_of(metric), labels, inks)


def _hour(hour: HourFigure, sheet: Sheet) -> Hour:
    span = None if hour.is_thin or hour.figure is None else span_of(hour.figure)
    return Hour(f"{hour.hour:02}", hour.n, sheet.edition.number(hour.n), span)


def _below_title(box: Box) -> Box:
    return Box(box.x, box.y + TITLE_HEIGHT, box.width, box.height - TITLE_HEIGHT)
