"""Behind the staff door: today's figures, the file, the switch, test mode, and the way out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kiosk.answer import STAFF_TEST
from kiosk.store.failures import explain
from kiosk.store.reader import Reader
from kiosk.ui.views.confirm import ConfirmView
from kiosk.ui.views.more import MoreView
from kiosk.ui.views.notice import NoticeView
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.views.thanks import ThanksView
from tests.ui.driver import Before, Driver

pytestmark = pytest.mark.usefixtures("pin")


async def next_page(kiosk: Driver, page: StaffView) -> StaffView:
    """Wait for the page that takes the place of another one."""
    await kiosk.until(lambda: kiosk.app.stage.view is not page)
    return await kiosk.see(StaffView)


async def switch(kiosk: Driver, what: str) -> None:
    """Switch one of the things that staff switch seldom."""
    await kiosk.choose_more(what)
    await kiosk.see(StaffView)


async def one_visit(kiosk: Driver, value: str) -> None:
    visits = len(kiosk.visits())
    await kiosk.awake()
    await kiosk.tap(value)
    await kiosk.asks("best" if value in "45" else "why")
    await kiosk.tap("skip")
    await kiosk.see(ThanksView)
    await kiosk.wait(8)
    await kiosk.ended(visits + 1)


async def test_staff_see_how_many_answers_came_today(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        for value in ("2", "4", "5"):
            await one_visit(kiosk, value)
        kiosk.clock.wind(24 * 60 * 60)
        for value in ("1", "4"):
            await one_visit(kiosk, value)
        await kiosk.go_inside()
        shown = kiosk.read("#chart")
        assert "tänään?" in shown
        assert "2 vastausta" in shown
        assert "Liian vähän vastauksia" in shown


async def test_the_page_closes_when_nobody_touches_it_for_a_minute(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        view = await kiosk.go_inside()
        await kiosk.keys("x")
        await kiosk.wait(59)
        assert kiosk.app.stage.view is view
        await kiosk.wait(1)
        await kiosk.awake()


@pytest.mark.parametrize("asked", [False, True])
async def test_staff_who_walk_away_from_another_page_are_gone_after_a_minute(before: Before, asked: bool) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.go_inside()
        await kiosk.tap("more")
        await kiosk.see(MoreView)
        if asked:
            await kiosk.tap("leave")
            await kiosk.see(ConfirmView)
        await kiosk.wait(60)
        await kiosk.awake()


async def test_back_leads_to_the_question(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.go_inside()
        await kiosk.tap("back")
        await kiosk.awake()


async def test_test_mode_marks_the_answers_until_it_ends(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.go_inside()
        await switch(kiosk, "test")
        await kiosk.tap("back")
        await one_visit(kiosk, "1")
        await kiosk.go_inside()
        assert "0 vastausta" in kiosk.read("#chart"), "answers of test mode do not count"
        await switch(kiosk, "test")
        await kiosk.tap("back")
        await one_visit(kiosk, "5")
        assert [answer.marks for answer in kiosk.answers()] == [(STAFF_TEST,), ()]


async def test_test_mode_ends_with_the_program(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.go_inside()
        await switch(kiosk, "test")
    async with before() as kiosk:
        await one_visit(kiosk, "5")
        assert kiosk.answers()[0].marks == ()


async def test_out_of_service_survives_a_restart(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.go_inside()
        await switch(kiosk, "service")
        await kiosk.tap("back")
        await kiosk.see(NoticeView)
        await kiosk.wait(24 * 60 * 60)
        await kiosk.keys("1", "enter")
        await kiosk.tap_at(40, 12)
        assert isinstance(kiosk.app.stage.view, NoticeView)
    async with before() as kiosk:
        await kiosk.until(lambda: kiosk.app.room.out_of_service)
        await kiosk.wait(0.3)
        await kiosk.see(NoticeView)
        await kiosk.go_inside()
        await switch(kiosk, "service")
        await kiosk.tap("back")
        await one_visit(kiosk, "5")
    async with before() as kiosk:
        await one_visit(kiosk, "4")


async def test_staff_end_the_program(before: Before, tmp_path: Path) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.go_inside()
        await kiosk.tap("more")
        await kiosk.see(MoreView)
        kiosk.clock.wind(1)
        await kiosk.tap("leave")
        await kiosk.see(ConfirmView)
        assert kiosk.app.is_running, "a tap beside another does not end the kiosk"
        place = kiosk.place_of("yes")
        kiosk.clock.wind(1)
        for _ in range(3):
            kiosk.hit(*place)
        await kiosk.until(lambda: not kiosk.app.is_running)
        assert kiosk.app.return_code == 0
    with Reader(tmp_path / "kiosk.db") as reader:
        assert reader.last_note("left_program", "opened") == "left_program"


async def test_staff_read_their_pages_in_their_language(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("language:en")
        await kiosk.go_inside()
        assert "How was your visit today?" in kiosk.words()
        for language, day in (("fi", "22.11.2026"), ("sv", "2026-11-22"), ("en", "22/11/2026")):
            await kiosk.tap("back")
            await kiosk.awake()
            await kiosk.tap(f"language:{language}")
            await kiosk.go_inside()
            assert kiosk.read("#place").endswith(f"· {day}")
        await kiosk.tap("back")
        await kiosk.awake()
        assert isinstance(kiosk.app.stage.view, QuestionView)
        assert kiosk.app.stage.view.language == "fi"


async def test_a_page_is_said_anew_when_staff_choose_another_language_on_it(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        view = await kiosk.go_inside()
        for language, said in (("sv", "Inga svar"), ("en", "No answers")):
            await kiosk.tap(f"language:{language}")
            view = await next_page(kiosk, view)
            assert said in kiosk.words()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", "Toinen ohjelma varaa tietokannan {database}."),
        ("sv", "Ett annat program håller {database} upptagen."),
        ("en", "Another program holds {database}."),
    ],
)
async def test_staff_read_in_their_language_why_there_is_no_page(
    language: str, told: str, before: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        busy = sqlite3.OperationalError("database is locked")
        busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise explain(busy, Path("/a/kiosk.db"))

    monkeypatch.setattr("kiosk.ui.staff_desk.gather", fail)
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap(f"language:{language}")
        await kiosk.go_inside()
        assert " ".join(kiosk.read("#message").split()) == told.format(database="/a/kiosk.db")
