"""Thanks: what was chosen, the invitation, and how they end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.config import Config
from kiosk.receipt import Receipt
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.countdown import Countdown
from kiosk.ui.widgets.qr_code import QrCode
from tests.ui.driver import Before, Driver
from tests.ui.test_follow_up import SEVERAL, WORDS, at_follow_up

EMPTY = (2, 11)
"""A cell of the thanks at 80x24 where there is nothing to tap."""


async def at_thanks(kiosk: Driver) -> ThanksView:
    await kiosk.awake()
    await kiosk.tap("4")
    await kiosk.asks("best")
    await kiosk.tap("food")
    return await kiosk.see(ThanksView)


async def test_the_thanks_say_what_was_chosen_and_show_the_code(before: Before) -> None:
    async with before() as kiosk:
        await at_thanks(kiosk)
        assert "Hyvä · Ruoka" in kiosk.read("#chosen")
        assert kiosk.read("#invite") == "Kerro kokemuksestasi myös muille"
        code = kiosk.seen.query_one(QrCode).region
        assert kiosk.app.screen.region.contains_region(code)
        assert "▄" in kiosk.read("QrCode")
        assert kiosk.visits() == []


async def test_the_thanks_end_after_eight_seconds(before: Before) -> None:
    async with before() as kiosk:
        view = await at_thanks(kiosk)
        began = view.appeared_at
        await kiosk.wait(began + 7.9 - kiosk.clock.seconds())
        assert kiosk.app.stage.view is view
        await kiosk.wait(0.2)
        await kiosk.ended(1)
        assert kiosk.visits()[0].review_shown


async def test_a_bar_shows_how_much_time_is_left(before: Before) -> None:
    async with before() as kiosk:
        view = await at_thanks(kiosk)
        shares = []
        for _ in range(4):
            kiosk.app.tick()
            shares.append(kiosk.seen.query_one(Countdown).share)
            await kiosk.wait(1.5)
        assert shares == sorted(shares, reverse=True)
        assert len(set(shares)) == 4
        assert 0 < shares[-1] < shares[0] <= 1
        assert kiosk.app.stage.view is view


async def test_without_motion_the_bar_changes_once_a_second(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more="[look]\nmotion = false")) as kiosk:
        await kiosk.awake()
        await kiosk.tap("4")
        view = await kiosk.see(ThanksView)
        bar, shares = kiosk.seen.query_one(Countdown), []
        await kiosk.wait(view.appeared_at + 1 - kiosk.clock.seconds())
        for _ in range(4):
            shares.append(bar.share)
            await kiosk.wait(0.25)
        assert set(shares) == {7 / 8}
        assert bar.share == 6 / 8


async def test_a_tap_on_empty_space_ends_the_thanks_but_not_at_once(before: Before) -> None:
    async with before() as kiosk:
        view = await at_thanks(kiosk)
        kiosk.clock.wind(view.appeared_at + 0.75 - kiosk.clock.seconds())
        await kiosk.tap_at(*EMPTY)
        assert kiosk.app.stage.view is view
        kiosk.clock.wind(0.1)
        await kiosk.tap_at(*EMPTY)
        await kiosk.ended(1)


async def test_taps_during_the_thanks_are_no_answers(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        places = [kiosk.place_of(key) for key in "12345"]
        view = await at_thanks(kiosk)
        kiosk.clock.wind(view.appeared_at + 0.1 - kiosk.clock.seconds())
        for place in places:
            await kiosk.tap_at(*place)
        await kiosk.keys("1", "2", "3", "plus", "enter", "space")
        assert kiosk.app.stage.view is view
        assert len(kiosk.answers()) == 2


async def test_more_time_keeps_the_thanks_half_a_minute(before: Before) -> None:
    async with before() as kiosk:
        view = await at_thanks(kiosk)
        for _ in range(3):
            await kiosk.wait(6)
            await kiosk.tap("more")
            assert kiosk.app.stage.view is view, "the button is no empty space"
            assert kiosk.seen.query_one(Countdown).share == 1.0
            await kiosk.wait(23)
        assert kiosk.app.stage.view is view
        await kiosk.wait(8)
        await kiosk.ended(1)


async def test_the_shop_chooses_how_long_the_thanks_stay(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(kiosk="thanks_seconds = 3")) as kiosk:
        await kiosk.awake()
        await kiosk.tap("4")
        await kiosk.see(ThanksView)
        await kiosk.wait(3)
        await kiosk.ended(1)


async def test_a_shop_without_a_review_page_invites_to_nothing(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey()) as kiosk:
        await kiosk.awake()
        await kiosk.tap("4")
        await kiosk.see(ThanksView)
        assert not kiosk.seen.query("#invite, QrCode")
        await kiosk.wait(8)
        await kiosk.ended(1)
        assert kiosk.visits()[0].review_shown is False


async def test_several_choices_are_all_named(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("food")
        await kiosk.tap("queue")
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        assert "Bad · Queue, Food" in kiosk.read("#chosen")


async def test_markup_that_was_typed_is_shown_as_it_was_typed(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("words")
        await kiosk.type("[b]{0}%s[/b]")
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        assert "“[b]{0}%s[/b]”" in kiosk.read("#chosen")


async def test_the_thanks_are_ready_before_anybody_taps(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.until(lambda: isinstance(kiosk.app.stage.ready, ThanksView))
        ready = kiosk.app.stage.ready
        assert isinstance(ready, ThanksView)
        assert not ready.region
        assert await at_thanks(kiosk) is ready


async def test_thanks_made_ready_long_ago_last_as_long_as_any(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.wait(3600)
        view = await at_thanks(kiosk)
        assert kiosk.seen.query_one(Countdown).share > 0.8
        await kiosk.wait(view.appeared_at + 7.9 - kiosk.clock.seconds())
        assert kiosk.app.stage.view is view


async def test_thanks_made_ready_before_the_screen_changed_lie_as_it_is_now(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        for size in ((45, 80), (160, 50), (66, 20)):
            await kiosk.resize(*size)
            await at_thanks(kiosk)
            code, words = kiosk.seen.query_one(QrCode).region, kiosk.seen.query_one("#kiitos").region
            assert kiosk.app.screen.region.contains_region(code)
            assert not code.overlaps(words)
            assert (code.y > words.y) is (size == (45, 80))
            await kiosk.wait(60)
            await kiosk.awake()


async def test_a_quick_tap_does_not_reach_thanks_made_ready_long_ago(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.wait(3600)
        await kiosk.tap("4")
        await kiosk.asks("best")
        await kiosk.tap("skip")
        await kiosk.until(lambda: isinstance(kiosk.app.stage.view, ThanksView))
        view = kiosk.app.stage.view
        await kiosk.tap_at(*kiosk.place_of("change"))
        assert kiosk.app.stage.view is view


async def test_nothing_but_the_next_thanks_waits_behind_a_question(before: Before) -> None:
    async with before() as kiosk:
        for visit in range(1, 4):
            await at_thanks(kiosk)
            await kiosk.wait(60)
            await kiosk.ended(visit)
            await kiosk.until(lambda: kiosk.app.stage.ready is not None)
            assert set(kiosk.app.stage.children) == {kiosk.app.stage.view, kiosk.app.stage.ready}


async def at_thanks_for_words(kiosk: Driver) -> ThanksView:
    await at_follow_up(kiosk, "words")
    await kiosk.type("Kylmä keitto")
    await kiosk.keys("enter")
    return await kiosk.see(ThanksView)


@pytest.mark.parametrize("size", [(80, 24), (50, 15), (45, 80), (66, 20)])
async def test_who_wrote_something_is_told_the_code_to_have_it_erased(
    before: Before, survey: Callable[..., Config], size: tuple[int, int]
) -> None:
    async with before(survey(more=WORDS), size=size) as kiosk:
        await at_thanks_for_words(kiosk)
        *_, written = kiosk.answers()
        assert written.text == "Kylmä keitto"
        assert kiosk.read("#receipt") == f"Code to erase your text: {Receipt.of(written.id)}"
        assert kiosk.app.screen.region.contains_region(kiosk.seen.query_one("#receipt").region)


async def test_who_wrote_nothing_has_no_code(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_follow_up(kiosk, "words")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        assert "Code to erase" not in kiosk.words()


async def test_a_shop_that_asks_for_no_words_keeps_no_room_for_a_code(before: Before) -> None:
    async with before() as kiosk:
        await at_thanks(kiosk)
        assert not kiosk.seen.query("#receipt")
