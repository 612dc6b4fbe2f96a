"""Tablets before `kiosk tablet`: what a finger does in a real browser, and what a broken network does not."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.ui.theme import LIGHT, rgb
from tests.real.customer import trial_config
from tests.real.devtools import chromium
from tests.real.glass import SETTLE_SECONDS
from tests.real.sqlite import answers
from tests.real.tablet import Tablet, TabletService, free_port

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed (Debian: chromium)"),
]

GOOD, GOOD_ROW = "Hyvä", ("visit", 4, "[]", None)
BAD, BAD_ROW = "Huono", ("visit", 2, "[]", None)
FOLLOW_UP, SPEED, THANKS = "Mikä ilahdutti eniten?", "Nopeus", "Valitsit:"
SECOND_THOUGHTS_SECONDS = 1.0
"""After this a tap that was taken twice would be stored twice."""

Open = Callable[..., Tablet]


class Shop:
    """A server and the tablets before it; one kiosk, unless `--kiosk` names others."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        """Keep everything in `folder`."""
        self._stack, self.folder = stack, folder
        self.config, self.port = trial_config(folder), free_port()
        self.database = folder / "kiosk.db"
        self._tablets = 0

    def serve(self, *arguments: str) -> TabletService:
        """Start the server, again on the same port."""
        where = ("--config", self.config, "--database", self.database, "--port", str(self.port))
        return self._stack.enter_context(TabletService(*where, *arguments, folder=self.folder))

    def open(self, address: str, pixels: tuple[int, int] = (1280, 800)) -> Tablet:
        """Open an address on a fresh tablet."""
        self._tablets += 1
        folder = self.folder / f"tablet-{self._tablets}"
        folder.mkdir()
        return self._stack.enter_context(Tablet(address, folder, pixels))

    def ready(self, pixels: tuple[int, int] = (1280, 800)) -> Tablet:
        """Give a tablet whose kiosk takes taps."""
        tablet = self.open(self.serve().addresses[0], pixels)
        self.wait_for(tablet)
        return tablet

    def wait_for(self, tablet: Tablet, database: Path | None = None) -> None:
        """Wait until a tablet's kiosk takes taps."""
        tablet.until(lambda: tablet.notice() is None, "the kiosk on the page")
        tablet.open_for(GOOD, database or self.database)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Give a shop that is closed after the test."""
    with ExitStack() as stack:
        yield Shop(stack, tmp_path)


def test_a_tap_stores_exactly_one_answer_and_is_thanked(shop: Shop) -> None:
    tablet = shop.ready()
    tablet.tap_on(GOOD)
    tablet.see(SPEED)
    time.sleep(SECOND_THOUGHTS_SECONDS)
    assert answers(shop.database) == [GOOD_ROW]
    tablet.tap_on(SPEED)
    tablet.see(THANKS)
    time.sleep(SECOND_THOUGHTS_SECONDS)
    assert answers(shop.database) == [GOOD_ROW, ("best", None, '["speed"]', None)]
    assert {urlsplit(url).netloc for url in tablet.asked_for} == {f"127.0.0.1:{shop.port}"}
    assert any("RobotoMono" in url for url in tablet.asked_for)


def test_a_finger_that_slips_within_a_choice_counts(shop: Shop) -> None:
    tablet = shop.ready()
    tablet.slip(tablet.place_of(GOOD), 40)
    tablet.see(SPEED)
    assert answers(shop.database) == [GOOD_ROW]


def test_quick_taps_are_all_taken(shop: Shop) -> None:
    text = shop.config.read_text(encoding="utf-8")
    shop.config.write_text(text.replace("# multiple = false", "multiple = true"), encoding="utf-8")
    tablet = shop.ready()
    tablet.tap_on(BAD)
    labels = ("Jonotus", "Palvelu", "Ruoka", "Hinta", "Siisteys", "Jokin muu")
    tablet.see(*labels)
    time.sleep(SETTLE_SECONDS)
    places = [tablet.pixel(*tablet.place_of(label)) for label in labels]
    for place in places:
        tablet.touch("touchStart", *place)
        tablet.touch("touchEnd")
    tablet.tap_on("Valmis")
    tablet.see(THANKS)
    chosen = '["queue","service","food","price","tidiness","other"]'
    assert [(row[0], row[2].replace(" ", "")) for row in answers(shop.database)] == [("visit", "[]"), ("why", chosen)]


def test_a_touch_brings_no_keyboard_no_zoom_no_menu_and_no_window(shop: Shop) -> None:
    tablet = shop.ready()
    for _ in range(2):
        tablet.tap_on("Kampin")
    assert tablet.inside("inner.activeElement.tagName") == "TEXTAREA"
    assert tablet.inside("inner.activeElement.inputMode") == "none"
    assert tablet.evaluate("visualViewport.scale") == 1
    assert tablet.inside("inner.dispatchEvent(new MouseEvent('contextmenu', {cancelable: true}))") is False
    assert tablet.inside("String(inner.getSelection())") == ""
    assert tablet.inside("inner.defaultView.open('about:blank')") is None


@pytest.mark.parametrize("pixels", [(1280, 800), (800, 480), (800, 1280)], ids=str)
def test_the_terminal_fills_the_page(shop: Shop, pixels: tuple[int, int]) -> None:
    tablet = shop.ready(pixels)
    columns, rows = tablet.size()
    assert 60 <= columns <= 100 and rows >= 24
    assert tablet.evaluate("[innerWidth, innerHeight]") == list(pixels)
    assert tablet.inside("inner.documentElement.scrollHeight <= inner.defaultView.innerHeight")
    painted = tablet.inside(
        "(({width, height}) => [width, height])(inner.querySelector('.xterm-screen').getBoundingClientRect())"
    )
    cell = painted[0] / columns
    assert painted[1] / rows == pytest.approx(2 * cell, abs=1)
    assert 0 <= pixels[0] - painted[0] < 2 * cell and 0 <= pixels[1] - painted[1] < 2 * cell + 2
    picture = tablet.picture()
    corners = [(0, 0), (pixels[0] - 1, 0), (0, pixels[1] - 1), (pixels[0] - 1, pixels[1] - 1)]
    assert {picture.getpixel(corner) for corner in corners} == {rgb(LIGHT.page)}


def test_a_turned_tablet_goes_on(shop: Shop) -> None:
    tablet = shop.ready()
    before = tablet.size()
    tablet.turn(800, 1280)
    tablet.until(lambda: tablet.size()[1] > before[1], "more rows")
    tablet.see(GOOD)
    tablet.tap_until(GOOD, lambda: bool(answers(shop.database)))
    assert answers(shop.database) == [GOOD_ROW]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "ended"])
def test_a_server_that_comes_back_is_found_again_without_a_human(shop: Shop, how: signal.Signals) -> None:
    service = shop.serve()
    tablet = shop.open(service.addresses[0])
    shop.wait_for(tablet)
    service.end(how)
    tablet.until(lambda: tablet.notice() == "moment", "a calm notice")
    shop.serve()
    shop.wait_for(tablet)
    tablet.tap_until(GOOD, lambda: bool(answers(shop.database)))
    assert answers(shop.database) == [GOOD_ROW]


def test_a_kiosk_that_dies_is_started_again(shop: Shop) -> None:
    tablet = shop.ready()
    (holder,) = Path(f"{shop.database}.lock").read_text().split()
    os.kill(int(holder), signal.SIGKILL)
    tablet.until(lambda: tablet.notice() == "moment", "a calm notice")
    shop.wait_for(tablet)
    assert Path(f"{shop.database}.lock").read_text() != holder


def test_a_lost_network_is_waited_for(shop: Shop) -> None:
    tablet = shop.ready()
    tablet.lose_network(True)
    tablet.until(lambda: tablet.notice() == "moment", "a calm notice")
    tablet.lose_network(False)
    shop.wait_for(tablet)
    tablet.tap_until(GOOD, lambda: bool(answers(shop.database)))
    assert answers(shop.database) == [GOOD_ROW]


def test_a_second_tablet_waits_and_takes_over(shop: Shop) -> None:
    address = shop.serve().addresses[0]
    with Tablet(address, shop.folder / "first") as first:
        shop.wait_for(first)
        second = shop.open(address)
        second.until(lambda: second.notice() == "taken", "a calm notice")
        assert first.notice() is None
    shop.wait_for(second)


def test_three_tablets_are_three_kiosks(shop: Shop) -> None:
    names = ("till", "door", "exit")
    service = shop.serve(*(word for name in names for word in ("--kiosk", name)))
    databases = [shop.folder / name / "kiosk.db" for name in names]
    tablets = [shop.open(address) for address in service.addresses]
    for tablet, database in zip(tablets, databases, strict=True):
        shop.wait_for(tablet, database)
    for tablet in tablets:
        tablet.tap_on(GOOD)
    for tablet, database in zip(tablets, databases, strict=True):
        tablet.see(SPEED)
        assert answers(database) == [GOOD_ROW]


def test_only_who_brings_the_token_gets_in_and_no_script_can_read_it(shop: Shop) -> None:
    (address,) = shop.serve("--host", "0.0.0.0").addresses
    first = urlsplit(address)._replace(netloc=f"127.0.0.1:{shop.port}")
    stranger = shop.open(first._replace(query="").geturl())
    stranger.until(
        lambda: "ei ole vielä lupaa" in stranger.evaluate("document.body?.innerText ?? ''"), "a calm refusal"
    )
    assert stranger.evaluate(_TRY_SOCKET.format(port=shop.port)) is False
    guest = shop.open(first.geturl())
    shop.wait_for(guest)
    assert guest.evaluate("location.search + document.cookie") == ""


def test_a_foreign_page_opens_no_screen(shop: Shop) -> None:
    shop.serve()
    page = shop.folder / "foreign.html"
    page.write_text("<!doctype html><title>Foreign</title>")
    foreign = shop.open(page.as_uri())
    foreign.until(lambda: foreign.evaluate("document.title") == "Foreign", "the foreign page")
    assert foreign.evaluate(_TRY_SOCKET.format(port=shop.port)) is False


@pytest.mark.parametrize("is_allowed", [False, True], ids=["off", "allowed"])
def test_the_staff_door_is_shut_unless_it_is_allowed(shop: Shop, is_allowed: bool) -> None:
    tablet = shop.open(shop.serve(*(["--allow-staff"] if is_allowed else [])).addresses[0])
    shop.wait_for(tablet)
    for _ in range(5):
        tablet.tap(1, 1)
    time.sleep(SECOND_THOUGHTS_SECONDS)
    assert ("PIN" in tablet.text()) is is_allowed
    assert answers(shop.database) == []


_TRY_SOCKET = """new Promise((tell) => {{
    const socket = new WebSocket("ws://127.0.0.1:{port}/k/kassa-1/socket/stranger?width=80&height=24");
    socket.onopen = () => tell(true);
    socket.onerror = () => tell(false);
}})"""
