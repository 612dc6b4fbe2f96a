"""The figures of a day: what `kiosk results`, its JSON and the staff screen all show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, question_figures, scale_of
from kiosk.results.tally import Counts, Scale, Tally
from kiosk.survey import Survey


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The figures of one business day, or of several together."""

    period: Period
    location: str
    questions: tuple[QuestionFigures, ...]
    """In the survey's order, then those that it no longer asks."""
    visits: Mapping[str, int]
    """`total`, then the number of visits of each outcome."""

    def as_json(self) -> dict[str, Any]:
        """Give the object of `kiosk results --json`."""
        questions = [question.as_json() for question in self.questions]
        return {**self.period.as_json(), "location": self.location, "questions": questions, "visits": dict(self.visits)}


def day_figures(tally: Tally, outcomes: Mapping[Outcome, int], config: Config, period: Period) -> DayFigures:
    """Work out a day's figures. A question without an answer is there too, and so is one that is asked no longer."""
    survey = config.survey
    figures = survey_figures(unanswered(survey) | tally, survey, config.results.small_sample)
    return DayFigures(period, config.kiosk.location, figures, visit_counts(outcomes))


def unanswered(survey: Survey) -> Tally:
    """Give the counts of a survey that nobody has answered."""
    return {scale_of(question): Counts(question.touchpoint) for question in survey.questions}


def survey_figures(tally: Tally, survey: Survey, small_sample: int) -> tuple[QuestionFigures, ...]:
    """Work out the figures of the questions that were counted, in the survey's order, then the others by name."""
    choices = {scale_of(question): [choice.id for choice in question.choices] for question in survey.questions}
    places = {scale: place for place, scale in enumerate(choices)}

    def place(scale: Scale) -> tuple[int, str]:
        return places.get(scale, len(places)), str(scale)

    return tuple(
        question_figures(scale, tally[scale], choices.get(scale, ()), small_sample)
        for scale in sorted(tally, key=place)
    )


def visit_counts(outcomes: Mapping[Outcome, int]) -> dict[str, int]:
    """Give the number of visits in all and of each outcome, those that did not happen among them."""
    each = {outcome.value: outcomes.get(outcome, 0) for outcome in Outcome}
    return {"total": sum(each.values()), **each}
