"""A visit from the first tap to the question's return."""

from __future__ import annotations

from pathlib import Path

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.thanks import ThanksView
from tests.conftest import WoundClock
from tests.ui.driver import standing_before


async def test_one_tap_is_one_stored_answer(shipped: Config, clock: WoundClock, tmp_path: Path) -> None:
    async with standing_before(shipped, clock, tmp_path) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.until(lambda: "parannettavaa" in kiosk.words())
        assert [(answer.question, answer.value) for answer in kiosk.answers()] == [("visit", 2)]


async def test_a_whole_visit_is_stored_before_thanks_and_ends_at_the_question(
    shipped: Config, clock: WoundClock, tmp_path: Path
) -> None:
    async with standing_before(shipped, clock, tmp_path) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.until(lambda: "parannettavaa" in kiosk.words())
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        assert "Kiitos!" in kiosk.words()
        assert "Huono · Jonotus" in kiosk.words()
        assert [answer.choices for answer in kiosk.answers()] == [(), ("queue",)]
        await kiosk.wait(8)
        await kiosk.see(QuestionView)
        await kiosk.until(lambda: len(kiosk.visits()) == 1)
        visit = kiosk.visits()[0]
        assert (visit.outcome, visit.review_shown, visit.follow_ups) == (Outcome.COMPLETE, True, ("why",))
