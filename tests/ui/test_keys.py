"""Keyboards, number pads and arcade buttons: everything can be reached, and one sees where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from kiosk.config import Config
from kiosk.ui.sieve import Sieve
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before, Driver
from tests.ui.test_follow_up import SEVERAL

MARKS = "┏", "▶", "██████"


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
        await kiosk.settle()
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


async def reachable(kiosk: Driver) -> set[str]:
    """Give the keys of all tiles that Tab, and arrows within a group, lead the mark to; the mark is seen on each."""
    reached: set[str] = set()
    while True:
        await kiosk.keys("tab")
        tiles = kiosk.app.focused
        if not isinstance(tiles, Tiles):
            continue
        if tiles.tiles[tiles.cursor].key in reached:
            return reached
        for _ in tiles.tiles:
            assert marked(kiosk.words())
            reached.add(tiles.tiles[tiles.cursor].key)
            await kiosk.keys("right")


@pytest.mark.parametrize("size", [(80, 24), (50, 15), (45, 80)])
async def test_all_that_a_finger_can_tap_is_reached_by_keys(before: Before, size: tuple[int, int]) -> None:
    async with before(size=size) as kiosk:
        await kiosk.awake()
        assert await reachable(kiosk) == set(kiosk.keys_to_tap())
        await kiosk.keys("2")
        await kiosk.asks("why")
        assert {"queue", "skip", "language:sv"} < set(kiosk.keys_to_tap())
        assert await reachable(kiosk) == set(kiosk.keys_to_tap())
        await kiosk.keys("minus")
        await kiosk.see(ThanksView)
        assert {"change", "more"} < set(kiosk.keys_to_tap())
        assert await reachable(kiosk) == set(kiosk.keys_to_tap())
        await kiosk.keys("slash")
        await kiosk.asks("visit")
        assert {"skip", "withdraw"} < set(kiosk.keys_to_tap())
        assert await reachable(kiosk) == set(kiosk.keys_to_tap())


async def test_any_key_gives_more_time(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys("2")
        await kiosk.asks("why")
        await kiosk.wait(20)
        for _ in range(3):
            await kiosk.wait(30)
            assert "more" in kiosk.keys_to_tap()
            await kiosk.keys("tab")
            await kiosk.wait(20)
            assert "more" not in kiosk.keys_to_tap()
        await kiosk.asks("why")


async def test_several_choices_and_words_need_no_finger(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await kiosk.awake()
        await kiosk.keys("2")
        await kiosk.asks("why")
        assert await reachable(kiosk) == set(kiosk.keys_to_tap())
        assert "done" in kiosk.keys_to_tap()


async def test_the_first_tab_shows_the_mark_and_moves_nothing(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys("tab")
        languages = kiosk.seen.query_one("#languages", Tiles)
        assert languages.has_focus
        assert languages.tiles[languages.cursor].key == "language:fi"
        await kiosk.keys("tab")
        assert kiosk.seen.query_one("#choices", Tiles).cursor == 0


async def test_the_mark_stays_on_the_languages_when_one_was_chosen_by_key(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys("tab", "right", "enter")
        await kiosk.until(lambda: kiosk.asked().language == "sv" and kiosk.app.focused is not None)
        languages = kiosk.seen.query_one("#languages", Tiles)
        assert languages.has_focus
        assert languages.tiles[languages.cursor].key == "language:sv"
        assert marked(kiosk.words())


async def test_a_finger_on_a_language_leaves_no_mark(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("language:sv")
        await kiosk.until(lambda: kiosk.asked().language == "sv")
        assert not marked(kiosk.words())


async def test_a_number_pad_skips_changes_and_asks_for_time(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys("4")
        await kiosk.asks("best")
        await kiosk.keys("minus")
        view = await kiosk.see(ThanksView)
        await kiosk.wait(6)
        await kiosk.keys("plus")
        await kiosk.wait(20)
        assert kiosk.app.stage.view is view
        await kiosk.keys("slash")
        await kiosk.asks("visit")
        await kiosk.keys("minus")
        await kiosk.see(ThanksView)
        assert [answer.value for answer in kiosk.answers()] == [4]


def typed(sent: str) -> list[str]:
    """Give what reaches the kiosk of what a terminal sends: characters, or names of keys."""
    parser = XTermParser()
    events = [event for piece in Sieve().sift(sent) for event in parser.feed(piece)]
    return [event.character or event.key for event in events if isinstance(event, Key)]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [("1", "1"), ("\x1bOq", "1"), ("\x1b[57400u", "1"), ("\x1bOk", "+"), ("\x1bOm", "-"), ("\x1bOM", "enter")],
)
def test_a_number_pad_may_speak_as_it_likes(sent: str, meant: str) -> None:
    assert typed(sent) == [meant]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("\x1b[1~", "home"),
        ("\x1b[4~", "end"),
        ("\x1b[5~", "pageup"),
        ("\x1b[D", "left"),
        ("\x1b[57417u", "left"),
        ("\x1b[57423u", "home"),
        ("\x1b[57424u", "end"),
    ],
)
def test_a_number_pad_without_numlock_sends_no_digit(sent: str, meant: str) -> None:
    assert typed(sent) == [meant]


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
        await kiosk.settle()
        assert not marked(kiosk.words())


async def test_the_next_customer_sees_no_mark(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.keys("right", "right", "enter")
        await kiosk.asks("why")
        assert not marked(kiosk.words())
