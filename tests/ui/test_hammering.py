"""Angry fingers: an answer amid many touches beside the buttons is stored as any other, and marked."""

from __future__ import annotations

from kiosk.results.misuse import Mark
from kiosk.ui.views.thanks import ThanksView
from tests.ui.driver import Before, Driver

BESIDE = (40, 4)
"""A cell of the question's text."""


async def touch_beside(kiosk: Driver, times: int) -> None:
    for _ in range(times):
        kiosk.press(*BESIDE)
        kiosk.release(*BESIDE)
    await kiosk.settle()


async def answered(kiosk: Driver) -> tuple[str, ...]:
    await kiosk.tap("3")
    await kiosk.until(lambda: bool(kiosk.answers()))
    return kiosk.answers()[0].marks


async def test_four_touches_beside_the_faces_mark_the_answer(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await touch_beside(kiosk, 4)
        assert await answered(kiosk) == (Mark.HAMMER,)


async def test_three_touches_are_a_finger_that_missed(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await touch_beside(kiosk, 3)
        assert await answered(kiosk) == ()


async def test_a_knock_of_the_staff_that_was_not_finished_is_nobodys_anger(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        for _ in range(4):
            await kiosk.tap_at(1, 1)
        assert await answered(kiosk) == ()


async def test_without_a_staff_door_the_corner_is_beside_the_faces_too(before: Before) -> None:
    async with before(has_staff_door=False) as kiosk:
        await kiosk.awake()
        for _ in range(5):
            await kiosk.tap_at(1, 1)
        assert await answered(kiosk) == (Mark.HAMMER,)


async def test_touches_of_long_ago_were_somebody_else(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await touch_beside(kiosk, 8)
        await kiosk.wait(11)
        assert await answered(kiosk) == ()


async def test_all_answers_of_the_visit_are_marked_and_the_customer_is_thanked_as_everyone(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await touch_beside(kiosk, 5)
        await kiosk.tap("1")
        await kiosk.asks("why")
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        assert [answer.marks for answer in kiosk.answers()] == [(Mark.HAMMER,)] * 2
