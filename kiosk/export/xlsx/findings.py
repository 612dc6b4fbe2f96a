"""What the workbook says beside the answers, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.export.selection import Selection
from kiosk.formats import day_words
from kiosk.results.day import survey_figures, unanswered, visit_counts
from kiosk.results.distribution import distribution, ranked_reasons
from kiosk.results.doubts import flagged
from kiosk.results.hours import Hours, by_hour
from kiosk.results.metrics import Figure
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.survey import phrase_in
from kiosk.telling.labels import choice_words, value_words

Step = tuple[str, int, float]
"""A label, how often it was given, and its share, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The figures of a selection, with the words that go with them."""

    place: str
    days: str
    """The days in words; empty where no answer was ever given."""
    questions: Sequence[tuple[str, QuestionFigures]]
    """Every question with its text."""
    spreads: Sequence[tuple[str, Sequence[Step]]]
    """The texts of answered questions, and how the answers spread: worst first, or the choice given most first."""
    visits: Mapping[str, int]
    hours: Sequence[tuple[str, Figure, Hours]]
    """The texts of answered questions that have a figure, that figure, and the figure through the day."""


def findings_of(selection: Selection) -> Findings:
    """Work out all that the sheets say. Raises StoreError."""
    config, period, questions = selection.config, selection.days(), questions_of(selection)
    answered = [(text, question) for text, question in questions if question.n]
    return Findings(
        place=config.kiosk.location or config.kiosk.name,
        days=days_words(period, config.kiosk.languages[0]) if period else "",
        questions=questions,
        spreads=[(text, steps) for text, question in answered if (steps := _spread(selection, question))],
        visits=visit_counts(selection.reader.outcomes(*selection.bounds)),
        hours=[(text, question.figure, _hours(selection, question)) for text, question in answered if question.figure],
    )


def questions_of(selection: Selection) -> Sequence[tuple[str, QuestionFigures]]:
    """Work out the figures of every question, with its text. Raises StoreError."""
    survey, few = selection.config.survey, selection.config.results.small_sample
    tally = flagged(selection.reader.count_values(*selection.bounds), selection.doubts())
    figures = survey_figures(unanswered(survey) | tally, survey, few)
    return [(_text(selection, question), question) for question in figures]


def _text(selection: Selection, question: QuestionFigures) -> str:
    """Give a question's text; one that is asked no longer has its id and its scale."""
    language = selection.config.kiosk.languages[0]
    for asked in selection.config.question:
        if scale_of(asked) == question.scale:
            return phrase_in(asked.text, language)
    return " · ".join([question.id, question.kind, *([str(question.points)] if question.points else [])])


def days_words(period: Period, language: str) -> str:
    """Write the day, or the first and the last of several."""
    if period.last in (None, period.first):
        return day_words(period.first, language, weekday=True)
    return f"{day_words(period.first, language)} – {day_words(period.last or period.first, language)}"


def _spread(selection: Selection, question: QuestionFigures) -> list[Step]:
    language = selection.config.kiosk.languages[0]
    if question.points is None:
        of_choice = choice_words(selection.config.question, language)
        reasons = ranked_reasons(question)
        return [(of_choice(question.id, reason.choice), reason.count, reason.share / 100) for reason in reasons]
    return [
        (value_words(question.kind, question.points, int(step.value), language), step.count, step.percent / 100)
        for step in distribution(question).steps
    ]


def _hours(selection: Selection, question: QuestionFigures) -> Hours:
    config = selection.config
    slots = selection.reader.slots(question.scale, config.kiosk.day_ends_at, *selection.bounds)
    return by_hour(slots, question.scale, config)
