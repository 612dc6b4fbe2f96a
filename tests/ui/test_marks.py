"""What is chosen, marked or running out is told by characters too: no colour is needed to see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from kiosk.config import Config
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.thanks import ThanksView
from tests.ui.driver import Before, Driver
from tests.ui.test_follow_up import SEVERAL

PRIVATE = "[look]\nprivate = true"


async def chosen_again(kiosk: Driver, key: str) -> QuestionView:
    """Answer the only question and come back to change the answer."""
    await kiosk.awake()
    await kiosk.tap(key)
    await kiosk.see(ThanksView)
    await kiosk.tap("change")
    return await kiosk.asks("first")


def colours(kiosk: Driver, selector: str) -> set[object]:
    """Give the colours in which a widget is drawn, letters and grounds."""
    widget = kiosk.seen.query_one(selector)
    strips = kiosk.app.screen._compositor.render_strips()[widget.region.y : widget.region.bottom]
    cut = [segment for strip in strips for segment in strip.crop(widget.region.x, widget.region.right)]
    return {colour for segment in cut if segment.style for colour in (segment.style.color, segment.style.bgcolor)}


@pytest.mark.parametrize("kind", ["smiley", "nps", "ces", "csat", "success"])
async def test_what_was_chosen_bears_a_sign(before: Before, survey: Callable[..., Config], kind: str) -> None:
    async with before(survey(f'kind = "{kind}"')) as kiosk:
        await kiosk.awake()
        assert "✓" not in kiosk.words()
        await chosen_again(kiosk, "2")
        assert kiosk.words().count("✓") == 1


async def test_each_of_several_choices_bears_a_sign(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=SEVERAL)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        for count, key in enumerate(("food", "queue"), start=1):
            await kiosk.tap(key)
            assert kiosk.words().count("✓") == count
        await kiosk.tap("food")
        assert kiosk.words().count("✓") == 1


@pytest.mark.parametrize("size", [(80, 24), (50, 15), (45, 80), (160, 50)])
async def test_the_language_in_use_bears_a_sign(before: Before, size: tuple[int, int]) -> None:
    async with before(size=size) as kiosk:
        await kiosk.awake()
        assert kiosk.read("#languages").lstrip("▄ ").startswith("✓")
        await kiosk.tap("language:sv")
        await kiosk.until(lambda: not kiosk.read("#languages").lstrip("▄ ").startswith("✓"))
        assert kiosk.read("#languages").count("✓") == 1


async def test_the_mark_of_the_keyboard_is_made_of_lines(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        plain = kiosk.words()
        await kiosk.keys("right")
        marked = kiosk.words()
        assert set(marked) - set(plain) >= set("┏┓┗┛┃")


async def test_the_time_that_is_left_is_thicker_than_the_time_that_is_gone(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("4")
        await kiosk.asks("best")
        await kiosk.tap("food")
        await kiosk.see(ThanksView)
        await kiosk.wait(3)
        bar = kiosk.read("Countdown")
        assert set(bar) == {"▃", "▁"}
        assert bar == "▃" * bar.count("▃") + "▁" * bar.count("▁")


async def test_private_thanks_do_not_repeat_the_answer(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=PRIVATE)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("1")
        await kiosk.see(ThanksView)
        assert kiosk.read("#chosen") == "Your answer is saved."
        await kiosk.tap("change")
        await kiosk.asks("first")
        await kiosk.tap("withdraw")
        await kiosk.see(ThanksView)
        assert kiosk.read("#chosen") == "Your answer was removed."


@pytest.mark.parametrize(("more", "same"), [("", False), (PRIVATE, True)])
@pytest.mark.parametrize("kind", ["smiley", "csat"])
async def test_private_answers_are_told_by_no_colour(
    before: Before, survey: Callable[..., Config], kind: str, more: str, same: bool
) -> None:
    async with before(survey(f'kind = "{kind}"', more)) as kiosk:
        await kiosk.awake()
        untouched = colours(kiosk, "#choices")
        await chosen_again(kiosk, "1")
        assert (colours(kiosk, "#choices") == untouched) is same


@pytest.mark.parametrize("size", [(80, 24), (50, 15)])
async def test_private_thanks_look_alike_whatever_the_answer_was(
    before: Before, survey: Callable[..., Config], size: tuple[int, int]
) -> None:
    seen = []
    async with before(survey(more=PRIVATE), size=size) as kiosk:
        for visits, key in enumerate(("1", "5"), start=1):
            await kiosk.awake()
            await kiosk.tap(key)
            await kiosk.see(ThanksView)
            seen.append(kiosk.words())
            await kiosk.wait(9)
            await kiosk.ended(visits)
            await asyncio.sleep(0)
    assert seen[0] == seen[1]
