"""Keyboards, number pads and arcade buttons: everything can be reached, and one sees where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.config import Config
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before

MARKS = "┏▶"


def marked(words: str) -> bool:
    return any(mark in words for mark in MARKS)


@pytest.mark.parametrize("key", "12345")
async def test_a_digit_answers(before: Before, key: str) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys(key)
        await kiosk.until(lambda: len(kiosk.answers()) == 1)
        assert kiosk.answers()[0].value == int(key)


@pytest.mark.parametrize(("key", "value"), [("0", 0), ("7", 7), ("9", 9), ("plus", 10)])
async def test_a_number_pad_answers_from_0_to_10(
    before: Before, survey: Callable[..., Config], key: str, value: int
) -> None:
    async with before(survey('kind = "nps"')) as kiosk:
        await kiosk.awake()
        await kiosk.keys(key)
        await kiosk.see(ThanksView)
        assert kiosk.answers()[0].value == value


@pytest.mark.parametrize("key", ["6", "0", "plus", "a", "enter", "space", "minus", "f1", "escape"])
async def test_a_key_without_a_meaning_does_nothing(before: Before, key: str) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys(key)
        assert not kiosk.asked().result.done()


async def test_a_held_key_answers_once(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        kiosk.strike(*["2"] * 30)
        await kiosk.pilot.pause()
        await kiosk.asks("why")
        await kiosk.keys("2")
        await kiosk.see(ThanksView)
        assert [answer.given for answer in kiosk.answers()] == [frozenset({2}), frozenset({"service"})]


async def test_arrows_move_a_mark_that_one_sees_and_enter_chooses(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        assert not marked(kiosk.words())
        await kiosk.keys("right")
        assert marked(kiosk.words())
        await kiosk.keys("right", "right", "right", "left", "enter")
        await kiosk.asks("why")
        assert kiosk.answers()[0].value == 3


async def test_the_mark_goes_up_and_down_and_round(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        choices = kiosk.seen.query_one("#choices", Tiles)
        columns = sum(choices.grid.region(place).y == 0 for place in range(len(choices.tiles)))
        await kiosk.keys("left", "down")
        assert choices.cursor == columns
        await kiosk.keys("down", "down", "down")
        assert choices.cursor < len(choices.tiles)
        await kiosk.keys("up", "up", "up", "left")
        assert choices.cursor == len(choices.tiles) - 1
        await kiosk.keys("space")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].choices == (choices.tiles[-1].key,)


async def test_tab_reaches_everything_and_shows_where_it_is(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        reached = []
        for _ in range(3):
            await kiosk.keys("tab")
            assert kiosk.app.focused is not None
            assert marked(kiosk.words())
            reached.append(kiosk.app.focused.id)
        assert reached == ["languages", "choices", "actions"]
        await kiosk.keys("shift+tab")
        assert kiosk.app.focused is not None
        assert kiosk.app.focused.id == "choices"
        await kiosk.keys("tab", "enter")
        await kiosk.see(ThanksView)
        assert len(kiosk.answers()) == 1


async def test_the_thanks_can_be_used_with_keys(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys("4")
        await kiosk.asks("best")
        await kiosk.keys("1")
        await kiosk.see(ThanksView)
        await kiosk.keys("tab", "tab", "enter")
        await kiosk.asks("visit")
        await kiosk.keys("1")
        await kiosk.asks("why")


async def test_a_finger_leaves_no_mark_behind(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        kiosk.press(*kiosk.place_of("2"))
        await kiosk.pilot.pause()
        assert not marked(kiosk.words())


async def test_the_next_customer_sees_no_mark(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys("right", "right", "enter")
        await kiosk.asks("why")
        assert not marked(kiosk.words())
