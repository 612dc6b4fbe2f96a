"""Customers who never were: their visits go the way that every visit at the kiosk goes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from kiosk.answer import STAFF_TEST, Answer, Outcome, Visit
from kiosk.clock import Moment
from kiosk.config import Config
from kiosk.demo.replies import reply_to
from kiosk.survey import Question
from kiosk.visit import OpenVisit

_CHANGED, _TESTED = 0.025, 0.004
"""Shares of visits in which the first answer is changed, and of those that staff make in test mode."""
_ENDINGS = {Outcome.COMPLETE: 0.8, Outcome.SKIPPED: 0.12, Outcome.TIMED_OUT: 0.07, Outcome.LEFT: 0.01}
"""How a follow-up ends."""
_FIRST_LANGUAGE = 0.82
_THANKS_MS = 8_000


@dataclass
class DemoClock:
    """The clock of a kiosk that is restarted once a week, wound by hand."""

    at_ms: int = 0
    boot_id: str = ""
    booted_ms: int = 0

    def now(self) -> Moment:
        """Give this instant."""
        return Moment(self.at_ms, self.boot_id, self.at_ms - self.booted_ms, "synced")

    def seconds(self) -> float:
        """Give the seconds since the restart."""
        return (self.at_ms - self.booted_ms) / 1000


class DemoVisit:
    """One visit, made from its first tap to its end."""

    def __init__(self, config: Config, clock: DemoClock, random: Random, mood: float) -> None:
        """Let a customer step up to the kiosk, in a mood from 0 to 1, at the time that the clock shows."""
        self._config, self._clock, self._random, self._mood = config, clock, random, mood
        self._language = self._chosen_language()
        marks = (STAFF_TEST,) if random.random() < _TESTED else ()
        self._visit = OpenVisit(
            config.survey,
            clock,
            "80x24 light",
            marks,
            review_shown=config.review is not None,
            random_bits=random.getrandbits,  # the same seed makes the same ids
        )
        self._answers: list[Answer] = []

    def records(self, most: int) -> list[Answer | Visit]:
        """Give the answers, `most` of them at the most, and then the end of the visit."""
        first = self._config.survey.first
        self._answer(first)
        if len(self._answers) < most and self._random.random() < _CHANGED:
            self._change_mind(first)
        outcome = self._follow_up(most)
        self._clock.at_ms += self._random.randint(_THANKS_MS // 2, _THANKS_MS)
        return [*self._answers, self._visit.end(outcome, self._language)]

    def _answer(self, question: Question) -> None:
        """Answer a question; another answer than before, if the customer comes back to it."""
        self._visit.ask(question)
        answer = None
        while answer is None:
            reply = reply_to(question, self._mood, self._language, self._random)
            answer = self._visit.answer(question, reply, self._language)
        self._answers.append(answer)
        self._clock.at_ms += self._random.randint(1_500, 6_000)

    def _change_mind(self, first: Question) -> None:
        """See the follow-up, if there is one, and go back to the first question."""
        if len(first.values or first.choices) < 2:
            return
        if follow_up := self._visit.next_question():
            self._visit.ask(follow_up)
        self._answer(first)

    def _follow_up(self, most: int) -> Outcome:
        """Answer follow-ups as long as there are any, and tell how that ended."""
        while question := self._visit.next_question():
            outcome = self._random.choices(list(_ENDINGS), list(_ENDINGS.values()))[0]
            if len(self._answers) == most and outcome is Outcome.COMPLETE:
                outcome = Outcome.SKIPPED
            if outcome is not Outcome.COMPLETE:
                self._visit.ask(question)
                self._clock.at_ms += self._random.randint(2_000, 60_000)
                return outcome
            self._answer(question)
        return Outcome.COMPLETE

    def _chosen_language(self) -> str:
        first, *others = self._config.kiosk.languages
        return first if not others or self._random.random() < _FIRST_LANGUAGE else self._random.choice(others)
