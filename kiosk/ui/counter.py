"""One customer after another. `serve_visitor` reads as a visit does: ask, keep, follow up, thank, invite."""

from __future__ import annotations

import gc
from dataclasses import dataclass

from kiosk.answer import STAFF_TEST, Outcome
from kiosk.results.misuse import Mark
from kiosk.survey import Question, Survey
from kiosk.ui.keeper import Keeper
from kiosk.ui.look import Look
from kiosk.ui.stage import Stage
from kiosk.ui.views.notice import sorry
from kiosk.ui.views.question import Asking, QuestionView
from kiosk.ui.views.thanks import AfterThanks, Invitation, ThanksView
from kiosk.ui.views.words import WordsView
from kiosk.visit import NOTHING, OpenVisit, Reply


class NotSaved(Exception):
    """An answer is not on disk; nobody may be thanked for it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How long the kiosk waits and how it invites."""

    idle_seconds: int
    thanks_seconds: int
    invitation: Invitation | None
    writes: bool = False
    """Whether customers may be asked for words of their own."""


class Counter:
    """Serves customers on a stage, and hands what they give to the keeper."""

    def __init__(self, survey: Survey, manner: Manner, look: Look, stage: Stage, keeper: Keeper) -> None:
        """Speak the shop's first language."""
        self._survey, self._manner, self._look = survey, manner, look
        self._stage, self._keeper = stage, keeper
        self.language = survey.languages[0]
        self.test_mode = False
        self.is_waiting = False
        """Whether the first question waits for a customer, and nobody is in the middle of a visit."""

    async def serve_visitor(self) -> None:
        """Wait for a customer's first tap and stay with them until the question is back."""
        self.language = self._survey.languages[0]
        first = self._survey.first
        awake = self._keeper.store is not None
        asking = Asking(self._manner.idle_seconds, opens=True)
        opening = self._new_question(first, asking, awake)
        reply = await self._wait_for(opening)
        if not isinstance(reply, Reply):
            return
        visit = OpenVisit(self._survey, self._look.clock, self._layout(), self._marks(opening))
        visit.ask(first)
        outcome = Outcome.LEFT
        try:
            await self._keep_answer(visit, first, reply)
            await self._follow_up(visit)
            while await self._thank(visit) is AfterThanks.CHANGE:
                await self._change(visit)
            outcome = visit.outcome
        except NotSaved:
            await self._stage.show(sorry(self._look, self.language))
        finally:
            await self._keeper.keep(visit.end(outcome, self.language))
            gc.collect()  # now, when nobody waits, and not some day between a tap and its thanks

    async def _wait_for(self, question: QuestionView) -> Reply | Outcome:
        self.is_waiting = True
        try:
            return await self._show(question)
        finally:
            self.is_waiting = False

    async def _follow_up(self, visit: OpenVisit) -> None:
        """Ask what the rules ask for, until the customer skips or is gone."""
        while question := visit.next_question():
            before = _reply(visit, question)
            visit.ask(question)
            result = await self._ask(question, before)
            if isinstance(result, Reply):
                await self._keep_answer(visit, question, result)
            elif before is None or result is not Outcome.SKIPPED:
                visit.give_up(result)
                break

    async def _change(self, visit: OpenVisit) -> None:
        """Ask the first question again; answers that no longer belong are withdrawn."""
        first = self._survey.first
        result = await self._ask(first, _reply(visit, first))
        if isinstance(result, Outcome):
            return
        visit.ask(first)
        await self._keep_answer(visit, first, result)
        await self._follow_up(visit)
        for question in visit.outdated():
            await self._keep_answer(visit, question, NOTHING)

    async def _ask(self, question: Question, before: Reply | None) -> Reply | Outcome:
        asking = Asking(self._manner.idle_seconds, may_skip=True, before=before)
        return await self._show(self._new_question(question, asking))

    def _new_question(self, question: Question, asking: Asking, awake: bool = True) -> QuestionView:
        view = WordsView if question.kind == "text" else QuestionView
        return view(self._look, self.language, question, asking, awake)

    async def _show(self, question: QuestionView) -> Reply | Outcome:
        """Show a question, and make the thanks ready meanwhile."""
        return await self._stage.show(question, None if self._ready_thanks() else self._new_thanks)

    async def _thank(self, visit: OpenVisit) -> AfterThanks:
        chosen = [
            (question, visit.answers[question.id])
            for question in self._survey.questions
            if question.id in visit.answers and not visit.answers[question.id].is_empty
        ]
        visit.review_shown = self._manner.invitation is not None
        thanks = self._ready_thanks() or self._new_thanks()
        thanks.repeat(chosen)
        return await self._stage.show(thanks)

    def _new_thanks(self) -> ThanksView:
        manner = self._manner
        return ThanksView(self._look, self.language, (), manner.invitation, manner.thanks_seconds, writes=manner.writes)

    def _ready_thanks(self) -> ThanksView | None:
        ready = self._stage.ready
        return ready if isinstance(ready, ThanksView) and ready.language == self.language else None

    async def _keep_answer(self, visit: OpenVisit, question: Question, reply: Reply) -> None:
        """Make sure that an answer is on disk; raises NotSaved when nobody may be thanked for it."""
        answer = visit.answer(question, reply, self.language)
        if answer is not None and not await self._keeper.keep(answer):
            raise NotSaved

    def _marks(self, opening: QuestionView) -> tuple[str, ...]:
        """Give what makes a visit doubtful from its first tap on."""
        hammered = (Mark.HAMMER.value,) if opening.is_hammered else ()
        return (STAFF_TEST, *hammered) if self.test_mode else hammered

    def _layout(self) -> str:
        width, height = self._stage.size
        return f"{width}x{height}"


def _reply(visit: OpenVisit, question: Question) -> Reply | None:
    """Give what the customer last replied to a question; None when there is nothing, or nothing any longer."""
    answer = visit.answers.get(question.id)
    if answer is None or answer.is_empty:
        return None
    return Reply(answer.value, answer.choices, answer.text)
