"""`Change my answer`: what is kept, what takes the place of what, and what is withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.answer import Answer, Outcome
from kiosk.config import Config
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before, Driver
from tests.ui.test_follow_up import SEVERAL, WORDS

TWO = """
[[question]]
id = "why"
kind = "csat"
after = "first"
text = "Why?"
[[question]]
id = "who"
kind = "csat"
after = "why"
text = "Who?"
"""


async def to_change(kiosk: Driver, first: str = "2", second: str = "queue", asked: str = "why") -> None:
    await kiosk.awake()
    await kiosk.tap(first)
    await kiosk.asks(asked)
    await kiosk.tap(second)
    await kiosk.see(ThanksView)
    await kiosk.tap("change")


async def outcome(kiosk: Driver) -> Outcome:
    await kiosk.see(ThanksView)
    await kiosk.wait(8)
    await kiosk.ended(1)
    return kiosk.visits()[0].outcome


def counting(answers: list[Answer]) -> dict[str, Answer]:
    """Give the last answer to each question that is not empty."""
    superseded = {answer.supersedes for answer in answers}
    return {answer.question: answer for answer in answers if answer.id not in superseded and not answer.is_empty}


async def test_a_new_answer_takes_the_place_of_the_old_one(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        assert kiosk.seen.query_one("#choices", Tiles).chosen == {"2"}
        await kiosk.tap("3")
        await kiosk.asks("why")
        assert kiosk.seen.query_one("#choices", Tiles).chosen == {"queue"}
        await kiosk.tap("price")
        await kiosk.see(ThanksView)
        assert "· Hinta" in kiosk.read("#chosen")
        first, why, again, price = kiosk.answers()
        assert (again.value, again.supersedes) == (3, first.id)
        assert (price.choices, price.supersedes) == (("price",), why.id)
        assert await outcome(kiosk) is Outcome.COMPLETE


async def test_the_same_answer_again_stores_nothing(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        assert len(kiosk.answers()) == 2
        assert await outcome(kiosk) is Outcome.COMPLETE


async def test_a_follow_up_that_no_longer_belongs_is_withdrawn(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        await kiosk.tap("5")
        await kiosk.asks("best")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        assert "Jonotus" not in kiosk.read("#chosen")
        answers = kiosk.answers()
        assert {question: answer.value for question, answer in counting(answers).items()} == {"visit": 5}
        assert (answers[-1].question, answers[-1].is_empty, answers[-1].supersedes) == ("why", True, answers[1].id)
        assert await outcome(kiosk) is Outcome.SKIPPED
        assert kiosk.visits()[0].follow_ups == ("why", "best")


async def test_an_answer_that_was_withdrawn_can_be_given_again(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        await kiosk.tap("5")
        await kiosk.asks("best")
        await kiosk.tap("food")
        await kiosk.see(ThanksView)
        await kiosk.tap("change")
        await kiosk.asks("visit")
        await kiosk.tap("1")
        await kiosk.asks("why")
        assert "Ohita" in kiosk.words(), "there is nothing to keep or to remove"
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        assert {key: answer.given for key, answer in counting(kiosk.answers()).items()} == {
            "visit": frozenset({1}),
            "why": frozenset({"queue"}),
        }


async def test_my_answer_can_be_removed(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        await kiosk.tap("withdraw")
        await kiosk.see(ThanksView)
        assert "Vastauksesi poistettiin." in kiosk.read("#chosen")
        answers = kiosk.answers()
        assert counting(answers) == {}
        assert [answer.supersedes for answer in answers[2:]] == [answers[0].id, answers[1].id]
        assert await outcome(kiosk) is Outcome.COMPLETE


async def test_a_removed_answer_can_be_given_anew(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        await kiosk.tap("withdraw")
        await kiosk.see(ThanksView)
        await kiosk.tap("change")
        await kiosk.asks("visit")
        assert kiosk.seen.query_one("#choices", Tiles).chosen == frozenset()
        await kiosk.tap("4")
        await kiosk.asks("best")
        assert {key: answer.value for key, answer in counting(kiosk.answers()).items()} == {"visit": 4}


async def test_keeping_my_answer_changes_nothing(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        assert "Huono · Jonotus" in kiosk.read("#chosen")
        assert len(kiosk.answers()) == 2
        assert await outcome(kiosk) is Outcome.COMPLETE


async def test_keeping_a_follow_up_is_no_skip(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        await kiosk.tap("1")
        await kiosk.asks("why")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        assert "Erittäin huono · Jonotus" in kiosk.read("#chosen")
        assert await outcome(kiosk) is Outcome.COMPLETE


async def test_a_change_that_nobody_makes_keeps_everything(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        await kiosk.asks("visit")
        await kiosk.wait(65)
        await kiosk.see(ThanksView)
        assert "Huono · Jonotus" in kiosk.read("#chosen")
        assert len(kiosk.answers()) == 2
        assert await outcome(kiosk) is Outcome.COMPLETE


async def test_a_customer_may_change_again_and_again(before: Before) -> None:
    async with before() as kiosk:
        await to_change(kiosk)
        for value in ("1", "3", "2"):
            await kiosk.asks("visit")
            await kiosk.tap(value)
            await kiosk.asks("why")
            await kiosk.tap("skip")
            await kiosk.see(ThanksView)
            await kiosk.tap("change")
        chain = [answer for answer in kiosk.answers() if answer.question == "visit"]
        assert [answer.value for answer in chain] == [2, 1, 3, 2]
        assert [answer.supersedes for answer in chain[1:]] == [answer.id for answer in chain[:-1]]
        assert len({answer.visit_id for answer in chain}) == 1


async def test_follow_ups_behind_a_kept_one_are_kept_too(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=TWO, kiosk="follow_ups = 2")) as kiosk:
        await kiosk.awake()
        for question, value in (("first", "2"), ("why", "3"), ("who", "4")):
            await kiosk.asks(question)
            await kiosk.tap(value)
        await kiosk.see(ThanksView)
        await kiosk.tap("change")
        await kiosk.asks("first")
        await kiosk.tap("1")
        await kiosk.asks("why")
        await kiosk.tap("skip")
        await kiosk.asks("who")
        await kiosk.wait(65)
        await kiosk.see(ThanksView)
        values = {key: answer.value for key, answer in counting(kiosk.answers()).items()}
        assert values == {"first": 1, "why": 3, "who": 4}


async def test_choosing_nothing_of_several_takes_the_choices_back(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("queue")
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        await kiosk.tap("change")
        await kiosk.asks("first")
        await kiosk.tap("2")
        await kiosk.asks("why")
        assert kiosk.seen.query_one("#choices", Tiles).chosen == {"queue"}
        await kiosk.tap("queue")
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        assert set(counting(kiosk.answers())) == {"first"}


async def test_words_that_were_typed_can_be_changed(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("words")
        await kiosk.type("cold")
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        await kiosk.tap("change")
        await kiosk.asks("first")
        await kiosk.tap("2")
        await kiosk.asks("words")
        await kiosk.type(" soup")
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        assert "“cold soup”" in kiosk.read("#chosen")
        assert counting(kiosk.answers())["words"].text == "cold soup"
