"""Erasing on the screen: a code is typed, a question answered, and the words are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.receipt import Receipt
from kiosk.store.store import Store
from kiosk.ui.views.confirm import ConfirmView
from kiosk.ui.views.errand import ErrandView
from kiosk.ui.views.staff import StaffView
from tests.conftest import WoundClock
from tests.store.conftest import Maker
from tests.ui.driver import Before, Driver


@pytest.fixture
def code(tmp_path: Path, clock: WoundClock, pin: str) -> str:
    """Keep a text and another one; give the first one's code."""
    make = Maker(clock)
    words = {"kind": "text", "question": "words", "value": None, "points": None}
    first, second = make.answer(text="Soita 040-1234567", **words), make.answer(text="Hyvä keitto", **words)
    with Store.open(tmp_path / "kiosk.db", clock) as store:
        store.add_many([first, second])
    return str(Receipt.of(first.id))


async def ask_for_code(kiosk: Driver) -> None:
    """Go through the door to the page that asks for a code."""
    await kiosk.awake()
    await kiosk.go_inside()
    await kiosk.choose_more("erase")


def texts(kiosk: Driver) -> list[str | None]:
    return [answer.text for answer in kiosk.answers()]


async def test_staff_erase_a_text_by_its_code_while_the_kiosk_runs(before: Before, code: str) -> None:
    async with before() as kiosk:
        await ask_for_code(kiosk)
        await kiosk.fill_in(code.lower())
        await kiosk.see(ConfirmView)
        assert texts(kiosk) == ["Soita 040-1234567", "Hyvä keitto"]
        await kiosk.tap("yes")
        await kiosk.see(StaffView)
        assert kiosk.read("#message") == "Teksti on poistettu."
        assert texts(kiosk) == ["", "Hyvä keitto"]
        await kiosk.choose_more("erase")
        await kiosk.fill_in(code)
        await kiosk.see(ConfirmView)
        await kiosk.tap("yes")
        await kiosk.see(StaffView)
        assert kiosk.read("#message") == "Teksti on jo poistettu."


async def test_staff_who_do_not_confirm_erase_nothing(before: Before, code: str) -> None:
    async with before() as kiosk:
        await ask_for_code(kiosk)
        await kiosk.fill_in(code)
        await kiosk.see(ConfirmView)
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert texts(kiosk) == ["Soita 040-1234567", "Hyvä keitto"]


@pytest.mark.parametrize("wrong", ["0000-0000", "soup"])
async def test_a_wrong_code_is_told_and_may_be_typed_again(before: Before, code: str, wrong: str) -> None:
    async with before() as kiosk:
        await ask_for_code(kiosk)
        await kiosk.fill_in(wrong)
        await kiosk.until(lambda: isinstance(kiosk.app.stage.view, ErrandView) and "again" in kiosk.keys_to_tap())
        assert wrong in kiosk.words()
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert texts(kiosk) == ["Soita 040-1234567", "Hyvä keitto"]
