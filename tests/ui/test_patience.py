"""The end of patience: 45 s of nothing, a visible countdown of 20 s, and as much more time as anyone wants."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.ui.views.thanks import ThanksView
from tests.ui.driver import Before, Driver
from tests.ui.test_follow_up import SEVERAL, WORDS


async def at_why(kiosk: Driver) -> None:
    await kiosk.awake()
    await kiosk.tap("2")
    await kiosk.asks("why")
    await kiosk.tap_at(40, 4)  # a touch of nothing: time is counted from here


def warns(kiosk: Driver) -> bool:
    return "Vielä paikalla?" in kiosk.words() or "Still there?" in kiosk.words()


async def test_the_countdown_is_seen_after_45_seconds_and_not_before(before: Before) -> None:
    async with before() as kiosk:
        await at_why(kiosk)
        await kiosk.wait(44.5)
        assert not warns(kiosk)
        await kiosk.wait(0.6)
        assert warns(kiosk)
        assert "20" in kiosk.words()
        await kiosk.wait(15)
        assert "5 s" in kiosk.words()


async def test_who_is_gone_after_the_countdown_is_thanked_and_timed_out(before: Before) -> None:
    async with before() as kiosk:
        await at_why(kiosk)
        await kiosk.wait(45)
        await kiosk.wait(19)
        assert warns(kiosk)
        await kiosk.wait(1)
        await kiosk.see(ThanksView)
        await kiosk.wait(8)
        await kiosk.ended(1)
        assert kiosk.visits()[0].outcome is Outcome.TIMED_OUT
        assert [answer.value for answer in kiosk.answers()] == [2]


async def test_more_time_starts_from_the_beginning_any_number_of_times(before: Before) -> None:
    async with before() as kiosk:
        await at_why(kiosk)
        for _ in range(5):
            await kiosk.wait(60)
            assert warns(kiosk)
            await kiosk.tap("more")
            assert not warns(kiosk)
        await kiosk.wait(44)
        assert not warns(kiosk)
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].choices == ("queue",)


async def test_more_time_can_be_had_with_the_keyboard(before: Before) -> None:
    async with before() as kiosk:
        await at_why(kiosk)
        await kiosk.wait(50)
        assert warns(kiosk)
        await kiosk.keys("tab")
        await kiosk.wait(0.1)
        assert not warns(kiosk), "any key shows that somebody is there"


async def test_an_answer_during_the_countdown_counts(before: Before) -> None:
    async with before() as kiosk:
        await at_why(kiosk)
        await kiosk.wait(60)
        await kiosk.tap("price")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].choices == ("price",)


async def test_choosing_several_keeps_the_question_open(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await at_why(kiosk)
        for key in ("queue", "price", "food"):
            await kiosk.wait(40)
            await kiosk.tap(key)
        assert not warns(kiosk)


async def test_typing_keeps_the_question_open(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("words")
        for letter in "slow":
            await kiosk.wait(44)
            await kiosk.type(letter)
        assert not warns(kiosk)
        await kiosk.wait(46)
        assert warns(kiosk)
        assert "slow" in kiosk.words()


async def test_the_shop_chooses_how_long_a_follow_up_waits(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=SEVERAL, kiosk="idle_seconds = 20")) as kiosk:
        await at_why(kiosk)
        await kiosk.wait(21)
        assert warns(kiosk)


async def test_time_passes_harmlessly_while_views_are_swapped(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        kiosk.hit(*kiosk.place_of("2"))
        bare = 0
        for _ in range(500_000):
            is_asked, is_composed = kiosk.asked().question.id == "why", bool(kiosk.seen.query("#footer"))
            if is_asked and is_composed:
                break
            bare += is_asked
            kiosk.app.tick()
            await kiosk.turn()
        assert bare, "time has to pass before the follow-up is composed"
        await kiosk.asks("why")


async def test_time_passes_harmlessly_while_the_language_changes(before: Before) -> None:
    async with before() as kiosk:
        await at_why(kiosk)
        await kiosk.wait(50)
        kiosk.hit(*kiosk.place_of("language:sv"))
        for _ in range(200):
            kiosk.app.tick()
            await kiosk.turn()
        assert "Vad kunde vi göra bättre?" in kiosk.words()
