"""Closing the day from the screen: once, in order, and with a number that can be written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.device.closed_days import closes_findings
from kiosk.store.reader import Reader
from kiosk.ui.views.confirm import ConfirmView
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.staff import StaffView
from tests.ui.driver import Before, Driver
from tests.ui.test_staff_room import one_visit

pytestmark = pytest.mark.usefixtures("pin")

DAY_SECONDS = 24 * 60 * 60


async def close_day(kiosk: Driver) -> str:
    """Close the day; give what is said of it."""
    await kiosk.tap("close_day")
    await kiosk.see(ConfirmView)
    await kiosk.tap("yes")
    await kiosk.see(StaffView)
    return kiosk.read("#message")


def closed_days(database: Path) -> list[tuple[int, str, str]]:
    with Reader(database) as reader:
        return sorted((close.number, close.day.isoformat(), close.hash[:8]) for close in reader.closes())


async def test_a_closed_day_has_a_number_and_a_check_code(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await one_visit(kiosk, "4")
        await kiosk.go_inside()
        said = await close_day(kiosk)
        ((number, day, code),) = closed_days(kiosk.database)
        assert (number, day) == (1, "2026-11-22")
        for part in ("22.11.2026", f"numero {number}", code):
            assert part in said
        with Reader(kiosk.database) as reader:
            assert reader.last_note("day_closed", "opened") == "day_closed"


async def test_what_was_closed_on_the_screen_is_found_unchanged(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await one_visit(kiosk, "4")
        await kiosk.go_inside()
        await close_day(kiosk)
        (finding,) = closes_findings(kiosk.database)
        assert (finding.level, finding.sentence) == (
            "ok",
            "Closed days: 1, the last one 2026-11-22; nothing in them was changed.",
        )


async def test_before_a_day_is_closed_staff_see_what_is_in_it_and_may_turn_away(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await one_visit(kiosk, "4")
        await kiosk.go_inside()
        await kiosk.tap("close_day")
        await kiosk.see(ConfirmView)
        shown = " ".join(kiosk.words().split())
        assert "Suljetaanko su 22.11.2026?" in shown
        assert "Vastauksia 1 · käyntejä 1" in shown
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert kiosk.read("#message") == ""
        assert closed_days(kiosk.database) == []


async def test_a_day_is_not_closed_when_nobody_answers(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.go_inside()
        await kiosk.tap("close_day")
        await kiosk.see(ConfirmView)
        await kiosk.wait(60)
        await kiosk.see(QuestionView)
        assert closed_days(kiosk.database) == []


async def test_a_second_close_is_refused_in_a_sentence(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await one_visit(kiosk, "4")
        await kiosk.go_inside()
        await close_day(kiosk)
        said = await close_day(kiosk)
        assert "2026-11-22" in said
        assert "1" in said
        assert len(closed_days(kiosk.database)) == 1


async def test_a_day_that_was_left_open_is_closed_first(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await one_visit(kiosk, "4")
        kiosk.clock.wind(DAY_SECONDS)
        await one_visit(kiosk, "5")
        await kiosk.go_inside()
        said = await close_day(kiosk)
        assert "23.11.2026 on suljettu, numero 2" in said
        assert "22.11.2026 oli vielä auki, joten se suljettiin ensin, numero 1." in " ".join(said.split())
        assert [day for _, day, _ in closed_days(kiosk.database)] == ["2026-11-22", "2026-11-23"]


@pytest.mark.parametrize("page", ["week", "touchpoints", "trend", "remarks", "health"])
async def test_staff_turn_pages_and_each_closes_by_itself(before: Before, page: str) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        view = await kiosk.go_inside()
        await kiosk.tap(page)
        await kiosk.until(lambda: kiosk.app.stage.view is not view)
        turned = await kiosk.see(StaffView)
        assert turned._desk.page.value == page
        await kiosk.wait(60)
        await kiosk.awake()


async def test_nothing_of_the_staffs_pages_is_reached_without_the_pin(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await one_visit(kiosk, "4")
        await kiosk.knock()
        await kiosk.until(lambda: bool(kiosk.seen.query("#pad")))
        kiosk.clock.wind(1)
        for key in ("1", "2", "3", "4", "tab", "right", "enter"):
            await kiosk.keys(key)
            assert not isinstance(kiosk.app.stage.view, StaffView | ConfirmView)
        await kiosk.wait(70)
        await kiosk.awake()
        assert isinstance(kiosk.app.stage.view, QuestionView)
        assert "vastausta" not in kiosk.words()
