"""A visit from the first tap to the question's return, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before

DAYS = 24 * 60 * 60


async def test_one_tap_is_one_stored_answer(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        assert [(answer.question, answer.value) for answer in kiosk.answers()] == [("visit", 2)]


async def test_a_whole_visit_is_stored_before_thanks_and_ends_at_the_question(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        assert [answer.choices for answer in kiosk.answers()] == [(), ("queue",)]
        await kiosk.wait(8)
        await kiosk.ended(1)
        visit = kiosk.visits()[0]
        assert (visit.outcome, visit.review_shown, visit.follow_ups) == (Outcome.COMPLETE, True, ("why",))


async def test_the_records_say_how_long_the_visit_took(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("5")
        await kiosk.asks("best")
        await kiosk.wait(7)
        await kiosk.tap("food")
        view = await kiosk.see(ThanksView)
        last, first = (answer.boot_ms for answer in reversed(kiosk.answers()))
        assert last - first >= 7000
        await kiosk.wait(8)
        await kiosk.ended(1)
        visit = kiosk.visits()[0]
        assert visit.answering_ms == last - first
        assert visit.duration_ms >= visit.answering_ms + 8000
        assert view.result.done()


async def test_the_records_say_where_and_how_the_question_was_asked(before: Before, shipped: Config) -> None:
    async with before(size=(100, 30)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("4")
        await kiosk.asks("best")
        (answer,) = kiosk.answers()
        assert (answer.language, answer.layout, answer.touchpoint) == ("fi", "100x30", "kassa")
        assert (answer.kind, answer.points, answer.survey_revision) == ("smiley", 5, shipped.survey.revision)


@pytest.mark.parametrize(("value", "follow_up"), [("1", "why"), ("3", "why"), ("4", "best"), ("5", "best")])
async def test_the_answer_chooses_the_follow_up(before: Before, value: str, follow_up: str) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap(value)
        await kiosk.asks(follow_up)


async def test_without_a_rule_that_applies_the_thanks_come_at_once(
    before: Before, survey: Callable[..., Config]
) -> None:
    rule = '[[question]]\nid = "why"\nkind = "csat"\nafter = "first"\nwhen = "1"\ntext = "Why?"'
    async with before(survey(more=rule)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.see(ThanksView)


async def test_a_visit_has_no_more_follow_ups_than_the_shop_allows(
    before: Before, survey: Callable[..., Config]
) -> None:
    rules = '[[question]]\nid = "why"\nkind = "csat"\nafter = "first"\ntext = "Why?"\n'
    rules += '[[question]]\nid = "who"\nkind = "csat"\nafter = "why"\ntext = "Who?"\n'
    async with before(survey(more=rules)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("3")
        await kiosk.see(ThanksView)
    async with before(survey(more=rules, kiosk="follow_ups = 2")) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("3")
        await kiosk.asks("who")


async def test_a_skipped_follow_up_still_earns_thanks(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("1")
        await kiosk.asks("why")
        await kiosk.wait(5)
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        await kiosk.wait(8)
        await kiosk.ended(1)
        visit = kiosk.visits()[0]
        assert (visit.outcome, visit.review_shown) == (Outcome.SKIPPED, True)
        assert visit.answering_ms >= 5000, "the skip is the last thing that the customer did"
        assert len(kiosk.answers()) == 1


async def test_the_first_question_never_times_out(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        view = kiosk.app.stage.view
        for _ in range(3):
            await kiosk.wait(DAYS)
        assert kiosk.app.stage.view is view
        await kiosk.tap("5")
        await kiosk.asks("best")
        assert len(kiosk.answers()) == 1


async def test_nothing_is_recorded_of_somebody_who_only_looks(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap_at(40, 4)
        await kiosk.wait(600)
        assert kiosk.answers() == []
        assert kiosk.visits() == []


async def test_visits_follow_each_other_without_mixing(before: Before) -> None:
    async with before() as kiosk:
        for number, value in enumerate(("1", "5", "3"), start=1):
            await kiosk.awake()
            assert kiosk.seen.query_one("#choices", Tiles).chosen == frozenset()
            await kiosk.tap(value)
            await kiosk.see(QuestionView)
            await kiosk.asks("best" if value == "5" else "why")
            await kiosk.tap("skip")
            await kiosk.see(ThanksView)
            await kiosk.wait(8)
            await kiosk.ended(number)
        answers, visits = kiosk.answers(), kiosk.visits()
        assert [answer.value for answer in answers] == [1, 5, 3]
        assert [answer.visit_id for answer in answers] == [visit.visit_id for visit in visits]
        assert len({answer.visit_id for answer in answers}) == 3


async def test_a_visit_cut_short_by_the_end_of_the_program_is_left(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
    async with before() as kiosk:
        await kiosk.awake()
        assert [visit.outcome for visit in kiosk.visits()] == [Outcome.LEFT]
        assert len(kiosk.answers()) == 1
