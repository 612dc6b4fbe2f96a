"""A whole visit in a real xterm, from the first tap to the code that a phone reads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from kiosk.config import Config
from tests.conftest import SHIPPED
from tests.real.glass import SETTLE_SECONDS
from tests.real.sqlite import answers
from tests.real.xterm import VirtualScreen, XtermKiosk, code_in, missing_tool

pytestmark = pytest.mark.real

THANKS_SECONDS = 7
"""How long the thanks can be read: what the shipped kiosk.toml gives, less what was spent on tapping."""

DRAWS_PIXELS = ("-ti", "vt340", "-xrm", "XTerm*numColorRegisters: 256")
"""What makes an xterm that answers as a terminal with sixels does."""

SMALLEST_WORDS = 27
"""Columns of the thanks on the smallest screen; beside them is the code, or the address."""

FACES = ("Huono", "Ok", "Hyvä")
VISIT = [("visit", 2, "[]", None), ("why", None, '["queue"]', None)]


@pytest.fixture(scope="module")
def screen() -> Iterator[VirtualScreen]:
    if tool := missing_tool():
        pytest.skip(f"{tool} is not installed")
    with VirtualScreen() as screen:
        yield screen


@pytest.fixture
def visited(screen: VirtualScreen, tmp_path: Path, database: Path) -> Iterator[Callable[..., XtermKiosk]]:
    """Give a function that taps through a visit as far as the thanks."""
    with ExitStack() as stack:

        def visit(size: tuple[int, int], term: str = "xterm-256color", *options: str) -> XtermKiosk:
            run = ("run", "--config", SHIPPED, "--database", database)
            kiosk = stack.enter_context(
                XtermKiosk(*run, screen=screen, folder=tmp_path, size=size, term=term, options=options)
            )
            if options == DRAWS_PIXELS:  # words are pictures there, which only eyes can find
                answer_by_keys(kiosk, database)
            else:
                answer_by_taps(kiosk, database)
            time.sleep(SETTLE_SECONDS)
            return kiosk

        yield visit


def answer_by_taps(kiosk: XtermKiosk, database: Path) -> None:
    kiosk.open_for("Huono", database)
    kiosk.until(lambda: all(face in kiosk.text() for face in FACES), "every face has its word")
    kiosk.tap_until("Huono", lambda: "Jonotus" in kiosk.text())
    assert answers(database) == VISIT[:1]
    time.sleep(SETTLE_SECONDS)
    kiosk.tap_until("Jonotus", lambda: "Valitsit" in kiosk.text())
    assert answers(database) == VISIT


def answer_by_keys(kiosk: XtermKiosk, database: Path) -> None:
    kiosk.open_for("kosketus", database)
    for key, stored in (("2", VISIT[:1]), ("1", VISIT)):
        kiosk.press(key)
        kiosk.until(partial(_holds, database, stored), f"the answer of key {key} on disk")
        time.sleep(SETTLE_SECONDS)
    kiosk.see("Valitsit")


def _holds(database: Path, rows: list[tuple[str, int | None, str, None]]) -> bool:
    return answers(database) == rows


def scanned(kiosk: XtermKiosk, folder: Path) -> str | None:
    """Hold a phone before the screen until it reads a code; xterm paints later than it reads."""
    deadline = time.monotonic() + THANKS_SECONDS
    while (code := code_in(kiosk.picture(), folder)) is None and time.monotonic() < deadline:
        time.sleep(SETTLE_SECONDS)
    return code


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (66, 20), (45, 80)], ids=str)
def test_a_visit_ends_with_a_code_that_can_be_scanned(
    visited: Callable[..., XtermKiosk], tmp_path: Path, shipped: Config, size: tuple[int, int]
) -> None:
    kiosk = visited(size)
    assert shipped.review is not None
    assert scanned(kiosk, tmp_path) == shipped.review.url


def test_sixteen_colours_are_enough_for_faces_and_the_code(
    visited: Callable[..., XtermKiosk], tmp_path: Path, shipped: Config
) -> None:
    kiosk = visited((80, 24), "xterm-16color")
    assert b"38;2;" not in kiosk.received
    assert b"38;5;" not in kiosk.received
    assert shipped.review is not None
    assert scanned(kiosk, tmp_path) == shipped.review.url


def test_the_smallest_screen_says_the_address_where_no_code_fits(
    visited: Callable[..., XtermKiosk], tmp_path: Path, shipped: Config
) -> None:
    kiosk = visited((50, 15))
    assert code_in(kiosk.picture(), tmp_path) is None
    assert shipped.review is not None
    address = shipped.review.url.removeprefix("https://")

    def said() -> str:
        return "".join(row[SMALLEST_WORDS:].strip() for row in kiosk.rows())

    kiosk.until(lambda: address in said(), "the address in words", THANKS_SECONDS)


@pytest.mark.parametrize("size", [(80, 24), (66, 20), (45, 80)], ids=str)
def test_a_terminal_that_draws_pixels_gets_pictures_and_the_code_is_read(
    visited: Callable[..., XtermKiosk], tmp_path: Path, shipped: Config, size: tuple[int, int]
) -> None:
    kiosk = visited(size, "xterm-256color", *DRAWS_PIXELS)
    assert b"\x1bP0;1;0q" in kiosk.received
    assert shipped.review is not None
    assert scanned(kiosk, tmp_path) == shipped.review.url
