"""Follow-ups: several choices, free text, and what happens when the store or the finger is quick."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.line import Line
from tests.ui.driver import Before, Driver

SEVERAL = """
[[question]]
id = "why"
kind = "choice"
after = "first"
multiple = true
text = "Why?"
choices = [{ id = "queue", text = "Queue" }, { id = "price", text = "Price" }, { id = "food", text = "Food" }]
"""
WORDS = """
[[question]]
id = "words"
kind = "text"
after = "first"
max_length = 20
text = "What happened?"
[privacy]
free_text = true
"""


async def at_follow_up(kiosk: Driver, question: str) -> None:
    await kiosk.awake()
    await kiosk.tap("2")
    await kiosk.asks(question)


async def test_several_choices_are_one_answer_in_the_order_of_the_survey(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await at_follow_up(kiosk, "why")
        for key in ("food", "queue", "price", "price"):
            await kiosk.tap(key)
        assert len(kiosk.answers()) == 1, "nothing is an answer before it is confirmed"
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].choices == ("queue", "food")


async def test_the_second_half_of_a_double_tap_does_not_take_a_choice_back(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await at_follow_up(kiosk, "why")
        for key in ("queue", "queue", "food", "food", "food"):
            await kiosk.tap_at(*kiosk.place_of(key))
            kiosk.clock.wind(0.1)
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].choices == ("queue", "food")


async def test_a_quick_tap_on_done_counts_while_the_finger_is_still_leaving_the_choice(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await at_follow_up(kiosk, "why")
        kiosk.press(*kiosk.place_of("queue"))
        await kiosk.settle()
        kiosk.release(*kiosk.place_of("queue"))
        kiosk.hit(*kiosk.place_of("done"))
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].choices == ("queue",)


async def test_done_without_a_choice_is_a_skip(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await at_follow_up(kiosk, "why")
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        await kiosk.wait(8)
        await kiosk.ended(1)
        assert kiosk.visits()[0].outcome is Outcome.SKIPPED
        assert len(kiosk.answers()) == 1


async def test_a_number_pad_chooses_several_and_confirms(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await at_follow_up(kiosk, "why")
        await kiosk.keys("3", "1", "enter")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].choices == ("queue", "food")


async def test_typed_words_are_taken_with_enter(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_follow_up(kiosk, "words")
        await kiosk.type("Jäi  nälkä! 🍲")
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].text == "Jäi nälkä! 🍲"


async def test_typed_words_are_taken_with_done(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_follow_up(kiosk, "words")
        await kiosk.type("salty")
        await kiosk.keys("left", "backspace", "home", "delete", "x", "end")
        await kiosk.type(" soup")
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].text == "xaly soup"


async def test_nothing_typed_is_a_skip(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_follow_up(kiosk, "words")
        await kiosk.type("   ")
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        await kiosk.wait(8)
        await kiosk.ended(1)
        assert kiosk.visits()[0].outcome is Outcome.SKIPPED
        assert len(kiosk.answers()) == 1


async def test_half_typed_words_reach_neither_the_store_nor_the_next_customer(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_follow_up(kiosk, "words")
        await kiosk.type("secret")
        assert "secret" in kiosk.words()
        await kiosk.wait(65)
        await kiosk.see(ThanksView)
        assert "secret" not in kiosk.words()
        await kiosk.wait(8)
        await kiosk.ended(1)
        await kiosk.tap("2")
        await kiosk.asks("words")
        assert "secret" not in kiosk.words()
        assert kiosk.seen.query_one(Line).value == ""
        assert all(answer.text is None for answer in kiosk.answers())


async def test_digits_that_are_typed_are_text_and_tap_nothing(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_follow_up(kiosk, "words")
        await kiosk.type("1 2 3")
        assert kiosk.seen.query_one(Line).value == "1 2 3"


async def test_pasted_text_is_made_safe_and_cut_to_length(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_follow_up(kiosk, "words")
        kiosk.send(events.Paste("a\x1b]0;x\x07b\nc\u202e" + "d" * 50))
        await kiosk.settle()
        line = kiosk.seen.query_one(Line)
        assert line.value == ("a]0;xb c" + "d" * 50)[:20]
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].text == line.value


async def test_free_text_is_asked_only_where_the_shop_switched_it_on(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS.replace("free_text = true", "free_text = false"))) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.see(ThanksView)
