"""The invitation to a public review cannot depend on what somebody answered: it is the same, cell by cell."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from kiosk.config import Config
from kiosk.ui.views.thanks import Invitation, ThanksView
from tests.ui.driver import Before, Driver

REVIEW = '[review]\nurl = "https://g.page/r/CcZ8mTq2VnLwEBM/review"\ntext = "Tell others about your visit"\n'
WHY = """
[[question]]
id = "why"
kind = "text"
after = "first"
text = "Why?"
[privacy]
free_text = true
"""
LONG = "a very long story about a very small soup " * 6


def invitation(kiosk: Driver) -> list[Any]:
    """Give where the invitation stands and every cell of it, with its colours."""
    strips = kiosk.app.screen._compositor.render_strips()
    seen: list[Any] = []
    for selector in ("#invite", "QrCode"):
        widget = kiosk.seen.query_one(selector)
        region = widget.region
        assert region.area > 0
        assert widget.parent.region.contains_region(region), "all of it is to be seen"  # type: ignore[union-attr]
        rows = [strip.crop(region.x, region.right).simplify() for strip in strips[region.y : region.bottom]]
        seen += [region, [[(segment.text, str(segment.style)) for segment in row] for row in rows]]
    return seen


async def answer(kiosk: Driver, value: str) -> None:
    await kiosk.awake()
    await kiosk.tap(value)
    await kiosk.asks("why")


async def say_much(kiosk: Driver) -> None:
    await answer(kiosk, "1")
    await kiosk.type(LONG)
    await kiosk.keys("enter")


async def say_little(kiosk: Driver) -> None:
    await answer(kiosk, "5")
    await kiosk.type("ok")
    await kiosk.keys("enter")


async def time_out(kiosk: Driver) -> None:
    await answer(kiosk, "2")
    await kiosk.wait(66)


async def change(kiosk: Driver) -> None:
    await say_little(kiosk)
    await kiosk.see(ThanksView)
    await kiosk.tap("change")
    await kiosk.asks("first")
    await kiosk.tap("1")
    await kiosk.asks("why")
    await kiosk.tap("skip")


async def remove(kiosk: Driver) -> None:
    await say_little(kiosk)
    await kiosk.see(ThanksView)
    await kiosk.tap("change")
    await kiosk.asks("first")
    await kiosk.tap("withdraw")


PATHS: list[Callable[[Driver], Awaitable[None]]] = [say_much, say_little, time_out, change, remove]


@pytest.mark.parametrize("size", [(80, 24), (66, 20), (50, 15), (160, 50), (45, 80)])
async def test_the_invitation_is_the_same_on_every_path(
    before: Before, survey: Callable[..., Config], size: tuple[int, int]
) -> None:
    seen = []
    async with before(survey(more=WHY + REVIEW), size=size) as kiosk:
        for number, path in enumerate(PATHS, start=1):
            await path(kiosk)
            await kiosk.see(ThanksView)
            seen.append(invitation(kiosk))
            await kiosk.wait(8)
            await kiosk.ended(number)
    for path, invited in zip(PATHS, seen, strict=True):
        assert invited == seen[0], path.__name__


@pytest.mark.parametrize(("question", "values"), [("points = 5", "12345"), ('kind = "nps"', "0123456789+")])
async def test_the_invitation_is_the_same_for_every_score(
    before: Before, survey: Callable[..., Config], question: str, values: str
) -> None:
    seen = []
    async with before(survey(question, more=REVIEW)) as kiosk:
        for number, value in enumerate(values, start=1):
            await kiosk.awake()
            await kiosk.type(value)
            await kiosk.see(ThanksView)
            seen.append(invitation(kiosk))
            await kiosk.wait(8)
            await kiosk.ended(number)
        assert all(visit.review_shown for visit in kiosk.visits())
    assert all(invited == seen[0] for invited in seen)


def test_an_invitation_holds_nothing_of_an_answer() -> None:
    assert set(Invitation.__slots__) == {"url", "text"}
