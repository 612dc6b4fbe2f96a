"""One customer's pass while it is open: makes the records, and knows what each supersedes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk.answer import Answer, Outcome, Visit, new_id
from kiosk.clock import Clock, Moment
from kiosk.survey import Question, Survey


@dataclass(frozen=True, slots=True)
class Reply:
    """What the customer gave to one question: a value, choices, or text."""

    value: int | None = None
    choices: tuple[str, ...] = ()
    text: str | None = None


NOTHING = Reply()
"""The reply that withdraws an answer."""


@dataclass
class OpenVisit:
    """A visit from its first tap on. Each answer is made once and keeps its id, whatever happens to it later."""

    survey: Survey
    clock: Clock
    layout: str
    marks: tuple[str, ...] = ()
    """Why all its answers are doubtful; those of test mode count in no result."""
    outcome: Outcome = Outcome.COMPLETE
    review_shown: bool = False
    answers: dict[str, Answer] = field(default_factory=dict)
    """The last answer to each question, by its id; an empty one where the customer took it back."""
    follow_ups: list[str] = field(default_factory=list)
    """Ids of the follow-ups that were shown in this visit."""
    random_bits: Callable[[int], int] = secrets.randbits
    """Where the random part of the ids comes from."""

    def __post_init__(self) -> None:
        """Start the visit now."""
        self._began = self._acted = self.clock.now()
        self._id = new_id(self._began, self.random_bits)
        self._asked: list[Question] = []

    def ask(self, question: Question) -> None:
        """Note that a question is on the screen; the first question starts the rules from the top."""
        if question is self.survey.first:
            self._asked = []
            self.outcome = Outcome.COMPLETE
        elif question.id not in self.follow_ups:
            self.follow_ups.append(question.id)
        self._asked.append(question)

    def answer(self, question: Question, reply: Reply, language: str) -> Answer | None:
        """Make the answer to a question; None when the customer gave the same one again, which changes nothing."""
        self._acted = moment = self.clock.now()
        before = self.answers.get(question.id)
        if before and (before.value, before.choices, before.text) == (reply.value, reply.choices, reply.text):
            return None
        self.answers[question.id] = made = Answer(
            **self._record(moment, language),
            touchpoint=question.touchpoint,
            question=question.id,
            kind=question.kind,
            points=question.scale_points,
            value=reply.value,
            choices=reply.choices,
            text=reply.text,
            supersedes=before.id if before else None,
            marks=self.marks,
        )
        return made

    def give_up(self, outcome: Outcome) -> None:
        """Note that the customer skipped the question asked last, or was gone."""
        self.outcome, self._acted = outcome, self.clock.now()

    def next_question(self) -> Question | None:
        """Choose the follow-up to the question asked last; None when the rules, or the limit, ask for no more."""
        return self._after(self._asked)

    def outdated(self) -> list[Question]:
        """Give the follow-ups whose answers no longer belong: by the rules, the last answers do not ask for them."""
        belonging = [self.survey.first]
        while question := self._after(belonging):
            belonging.append(question)
        ids = {question.id for question in belonging}
        return [
            question
            for question in self.survey.questions
            if question.id not in ids and question.id in self.answers and not self.answers[question.id].is_empty
        ]

    def end(self, outcome: Outcome, language: str) -> Visit:
        """Make the record that ends this visit."""
        now = self.clock.now()
        return Visit(
            **self._record(now, language),
            touchpoint=self.survey.first.touchpoint,
            outcome=outcome,
            follow_ups=tuple(self.follow_ups),
            review_shown=self.review_shown,
            answering_ms=self._acted.boot_ms - self._began.boot_ms,
            duration_ms=now.boot_ms - self._began.boot_ms,
        )

    def _after(self, asked: list[Question]) -> Question | None:
        answer = self.answers.get(asked[-1].id)
        if answer is None or answer.is_empty or len(asked) > self.survey.follow_ups:
            return None
        return self.survey.follow_up(asked[-1], answer.given, {question.id for question in asked})

    def _record(self, moment: Moment, language: str) -> dict[str, Any]:
        return {
            "id": new_id(moment, self.random_bits),
            "visit_id": self._id,
            "at_ms": moment.at_ms,
            "boot_id": moment.boot_id,
            "boot_ms": moment.boot_ms,
            "clock_state": moment.state,
            "survey_revision": self.survey.revision,
            "language": language,
            "layout": self.layout,
        }
