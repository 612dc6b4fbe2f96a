"""One tap counts: bounced, doubled, dragged and early taps do nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual import events

from kiosk.config import Config
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before, Driver

SIZES = [(20, 5), (240, 67), (1, 1), (45, 80), (66, 20), (3, 40), (80, 24)]


@pytest.mark.parametrize("pause", [0.0, 0.02, 0.05, 0.1])
@pytest.mark.parametrize("taps", [2, 3, 6])
async def test_a_quick_second_tap_counts_nowhere(before: Before, taps: int, pause: float) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        place = kiosk.place_of("2")
        for _ in range(taps):
            await kiosk.tap_at(*place)
            kiosk.clock.wind(pause)
        await kiosk.asks("why")
        assert [answer.value for answer in kiosk.answers()] == [2]


async def test_a_quick_second_tap_does_not_end_the_thanks(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey()) as kiosk:
        await kiosk.awake()
        place = kiosk.place_of("2")
        kiosk.hit(*place)
        kiosk.hit(*place)
        await kiosk.until(lambda: isinstance(kiosk.app.stage.view, ThanksView))
        for pause in (0.1, 0.2, 0.2, 0.2):
            kiosk.clock.wind(pause)
            await kiosk.tap_at(*place)
        assert isinstance(kiosk.app.stage.view, ThanksView)
        assert len(kiosk.answers()) == 1


async def test_a_tap_counts_only_where_finger_down_and_up_are_on_one_tile(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        kiosk.press(*kiosk.place_of("1"))
        kiosk.move(*kiosk.place_of("3"))
        kiosk.release(*kiosk.place_of("5"))
        await kiosk.settle()
        kiosk.press(*kiosk.place_of("1"))
        kiosk.release(40, 4)
        await kiosk.settle()
        kiosk.press(40, 4)
        kiosk.release(*kiosk.place_of("1"))
        await kiosk.settle()
        assert kiosk.asked().question.id == "visit"
        assert not kiosk.asked().result.done()


async def test_a_finger_may_move_within_the_tile(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        x, y = kiosk.place_of("4")
        kiosk.press(x, y)
        kiosk.move(x + 2, y + 1)
        kiosk.release(x + 3, y + 2)
        await kiosk.asks("best")
        assert kiosk.answers()[0].value == 4


async def test_a_second_finger_answers_no_second_time(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        one, other = kiosk.place_of("1"), kiosk.place_of("5")
        for event in (kiosk.press, kiosk.release):
            event(*one)
            event(*other)
        kiosk.hit(*one)
        kiosk.hit(*other)
        await kiosk.settle()
        await kiosk.until(lambda: len(kiosk.answers()) == 1)
        assert len(kiosk.visits()) == 0


async def test_the_wheel_does_nothing(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        for _ in range(5):
            kiosk.wheel(*kiosk.place_of("2"))
        await kiosk.settle()
        assert not kiosk.asked().result.done()
        assert kiosk.answers() == []


async def test_a_tap_before_the_store_is_open_does_nothing(before: Before, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("kiosk.ui.keeper.Keeper.open", never)
    async with before() as kiosk:
        await kiosk.until(lambda: bool(kiosk.seen.query("#choices")))
        await kiosk.tap("2")
        await kiosk.keys("3")
        assert not kiosk.asked().result.done()
        assert kiosk.seen.query_one("#choices", Tiles).asleep


async def test_a_finger_that_is_lifted_after_the_view_has_changed_does_nothing(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        kiosk.press(*kiosk.place_of("queue"))
        await kiosk.settle()
        kiosk.clock.wind(70)
        kiosk.app.tick()
        await kiosk.see(ThanksView)
        kiosk.release(2, 12)
        await kiosk.wait(8)
        await kiosk.ended(1)
        await kiosk.tap("5")
        await kiosk.asks("best")


async def test_a_tap_at_every_turn_while_views_are_swapped_answers_once(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        place = kiosk.place_of("2")
        kiosk.hit(*place)
        for number in range(300):
            if number % 10 == 0:
                kiosk.hit(*place)
            await kiosk.turn()
        await kiosk.settle()
        await kiosk.asks("why")
        assert [answer.value for answer in kiosk.answers()] == [2]


async def keeps_its_view(kiosk: Driver) -> None:
    """Go through many sizes and back to the first; what is on the screen must stay the same."""
    view = kiosk.app.stage.view
    for size in SIZES:
        await kiosk.resize(*size)
        kiosk.words()
    assert kiosk.app.stage.view is view


async def test_a_resize_keeps_the_question_and_what_was_chosen(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await keeps_its_view(kiosk)
        await kiosk.tap("2")
        await kiosk.asks("why")
        await keeps_its_view(kiosk)
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        await keeps_its_view(kiosk)
        assert "Huono · Jonotus" in kiosk.read("#chosen")
        await kiosk.tap("change")
        await kiosk.asks("visit")
        await keeps_its_view(kiosk)
        assert kiosk.seen.query_one("#choices", Tiles).chosen == {"2"}
        assert len(kiosk.answers()) == 2


async def test_a_resize_in_the_middle_of_a_swap_is_harmless(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        kiosk.hit(*kiosk.place_of("2"))
        for width in range(48, 128, 4):
            kiosk.app.post_message(events.Resize(size := kiosk.app.size.__class__(width, 24), size))
            await kiosk.turn()
        await kiosk.resize(80, 24)
        await kiosk.asks("why")
        assert len(kiosk.answers()) == 1
