"""Erasing on the screen: a code is typed, a question answered, and the words are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.device.pin import PinVault
from kiosk.receipt import Receipt
from kiosk.store.store import Store
from kiosk.ui.views.confirm import ConfirmView
from kiosk.ui.views.errand import ErrandView
from kiosk.ui.views.more import MoreView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.views.typed import TypedView
from tests.conftest import WoundClock
from tests.store.conftest import Maker
from tests.ui.driver import Before, Driver

PIN = "528461"


@pytest.fixture
def code(tmp_path: Path, clock: WoundClock) -> str:
    """Keep a text and another one; give the first one's code."""
    PinVault(tmp_path, clock).set(PIN)
    make = Maker(clock)
    words = {"kind": "text", "question": "words", "value": None, "points": None}
    first, second = make.answer(text="Soita 040-1234567", **words), make.answer(text="Hyvä keitto", **words)
    with Store.open(tmp_path / "kiosk.db", clock) as store:
        store.add_many([first, second])
    return str(Receipt.of(first.id))


async def ask_for_code(kiosk: Driver) -> None:
    await kiosk.awake()
    await kiosk.knock()
    await kiosk.until(lambda: bool(kiosk.seen.query("#pad")))
    kiosk.clock.wind(1)
    await kiosk.keys(*PIN, "enter")
    await kiosk.see(StaffView)
    await again(kiosk)


async def again(kiosk: Driver) -> None:
    await kiosk.tap("more")
    await kiosk.see(MoreView)
    await kiosk.tap("erase")
    await kiosk.see(TypedView)


async def fill_in(kiosk: Driver, line: str) -> None:
    view = kiosk.app.stage.view
    await kiosk.type(line)
    await kiosk.keys("enter")
    await kiosk.until(lambda: kiosk.app.stage.view is not view)


def texts(kiosk: Driver) -> list[str | None]:
    return [answer.text for answer in kiosk.answers()]


async def test_staff_erase_a_text_by_its_code_while_the_kiosk_runs(before: Before, code: str) -> None:
    async with before() as kiosk:
        await ask_for_code(kiosk)
        await fill_in(kiosk, code.lower())
        await kiosk.see(ConfirmView)
        assert texts(kiosk) == ["Soita 040-1234567", "Hyvä keitto"]
        await kiosk.tap("yes")
        await kiosk.see(StaffView)
        assert kiosk.read("#message") == "Teksti on poistettu."
        assert texts(kiosk) == ["", "Hyvä keitto"]
        await again(kiosk)
        await fill_in(kiosk, code)
        await kiosk.see(ConfirmView)
        await kiosk.tap("yes")
        await kiosk.see(StaffView)
        assert kiosk.read("#message") == "Teksti on jo poistettu."


async def test_staff_who_do_not_confirm_erase_nothing(before: Before, code: str) -> None:
    async with before() as kiosk:
        await ask_for_code(kiosk)
        await fill_in(kiosk, code)
        await kiosk.see(ConfirmView)
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert texts(kiosk) == ["Soita 040-1234567", "Hyvä keitto"]


@pytest.mark.parametrize("wrong", ["0000-0000", "soup"])
async def test_a_wrong_code_is_told_and_may_be_typed_again(before: Before, code: str, wrong: str) -> None:
    async with before() as kiosk:
        await ask_for_code(kiosk)
        await fill_in(kiosk, wrong)
        await kiosk.until(lambda: isinstance(kiosk.app.stage.view, ErrandView) and "again" in kiosk.keys_to_tap())
        assert wrong in kiosk.words()
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert texts(kiosk) == ["Soita 040-1234567", "Hyvä keitto"]
