"""Enrolment on the screen: two lines to type, and a sentence that says where the kiosk belongs."""

from __future__ import annotations

from uuid import UUID

import pytest

from kiosk.store.reader import Reader
from kiosk.sync.hub_client import HubBusy, HubClient, HubRefused
from kiosk.sync.identity import membership_in
from kiosk.ui.views.confirm import ConfirmView
from kiosk.ui.views.errand import ErrandView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.views.typed import TypedView
from kiosk.wire.enrolment import Enrolled, EnrolRequest
from kiosk.wire.problem import ProblemType
from tests.ui.driver import Before, Driver

pytestmark = pytest.mark.usefixtures("pin")
HUB = UUID("00000000-0000-7000-8000-000000000001")
CODE, TOO_OFTEN = "ABCD2345", "TTTT2345"


@pytest.fixture(autouse=True)
def hub(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the hub, which knows one code; gives the addresses that were asked."""
    asked: list[str] = []

    def tell(client: HubClient, path: str, what: EnrolRequest, answer: type[Enrolled]) -> Enrolled:
        asked.append(client.url + path)
        if what.code == TOO_OFTEN:
            raise HubBusy(ProblemType.TOO_MANY, client.url, "too many", {"retry-after": "480"})
        if what.code != CODE:
            raise HubRefused(ProblemType.WRONG_CODE, client.url, "wrong code")
        return Enrolled(
            hub=HUB,
            device_id=what.device_id,
            token="t" * 43,
            hub_keys=("k" * 43,),
            location="Kampin lounaskahvila",
            location_id=HUB,
            server_time_ms=1,
        )

    monkeypatch.setattr(HubClient, "tell", tell)
    return asked


async def ask_for_hub(kiosk: Driver) -> None:
    """Go through the door to the page that connects the kiosk."""
    await kiosk.awake()
    await kiosk.go_inside()
    await kiosk.choose_more("hub")


async def fill_in(kiosk: Driver, *lines: str) -> None:
    """Type line after line, each on its own page."""
    for line in lines:
        await kiosk.fill_in(line)


def belongs(kiosk: Driver) -> str:
    with Reader(kiosk.database) as reader:
        membership = membership_in(kiosk.database.parent, reader.device_id)
    return f"{membership.url} {membership.location}" if membership else ""


async def test_staff_connect_the_kiosk_with_an_address_and_a_code(before: Before, hub: list[str]) -> None:
    async with before() as kiosk:
        await ask_for_hub(kiosk)
        await fill_in(kiosk, "hub.example", CODE)
        await kiosk.see(StaffView)
        assert "Kampin lounaskahvila" in kiosk.read("#message")
        assert "hub.example" in kiosk.read("#message")
        assert hub == ["https://hub.example/v1/enrol"]
        assert belongs(kiosk) == "https://hub.example Kampin lounaskahvila"
        await kiosk.tap("health")
        await kiosk.until(lambda: "hub.example" in kiosk.read("#chart"))


async def test_a_wrong_code_is_told_and_may_be_typed_again(before: Before) -> None:
    async with before() as kiosk:
        await ask_for_hub(kiosk)
        await fill_in(kiosk, "hub.example", "ZZZZ2345")
        await kiosk.until(lambda: isinstance(kiosk.app.stage.view, ErrandView) and "again" in kiosk.keys_to_tap())
        assert belongs(kiosk) == ""
        await kiosk.tap("again")
        await fill_in(kiosk, "", CODE)
        await kiosk.see(StaffView)
        assert belongs(kiosk)


@pytest.mark.parametrize("size", [(66, 20), (80, 24)])
async def test_a_code_that_has_to_wait_says_for_how_long(before: Before, size: tuple[int, int]) -> None:
    async with before(size=size) as kiosk:
        await ask_for_hub(kiosk)
        await fill_in(kiosk, "hub.example", TOO_OFTEN)
        await kiosk.until(lambda: isinstance(kiosk.app.stage.view, ErrandView) and "again" in kiosk.keys_to_tap())
        assert "8 minuutin kuluttua" in kiosk.words()
        assert "toisen verkon kautta" in " ".join(kiosk.words().split())


async def test_an_address_that_is_not_encrypted_is_not_asked(before: Before, hub: list[str]) -> None:
    async with before() as kiosk:
        await ask_for_hub(kiosk)
        await fill_in(kiosk, "http://hub.example")
        await kiosk.until(lambda: isinstance(kiosk.app.stage.view, ErrandView) and "again" in kiosk.keys_to_tap())
        assert hub == []


async def test_a_kiosk_that_belongs_somewhere_says_where_before_it_is_connected_anew(before: Before) -> None:
    async with before() as kiosk:
        await ask_for_hub(kiosk)
        await fill_in(kiosk, "hub.example", CODE)
        await kiosk.see(StaffView)
        await kiosk.choose_more("hub")
        await kiosk.see(ConfirmView)
        assert "Kampin lounaskahvila" in kiosk.read(".detail")
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert belongs(kiosk)


async def test_staff_may_turn_away_from_every_page(before: Before, hub: list[str]) -> None:
    async with before() as kiosk:
        await ask_for_hub(kiosk)
        await kiosk.see(TypedView)
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        await kiosk.choose_more("hub")
        await fill_in(kiosk, "hub.example")
        await kiosk.see(TypedView)
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert hub == []
