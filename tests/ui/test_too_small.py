"""A screen that no question fits says so, answers nothing, and hides the question no longer than it must."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual import events

from kiosk.config import Config
from kiosk.device.pin import PinVault
from kiosk.device.terminal import SMALLEST
from kiosk.languages import SPOKEN
from kiosk.ui.views.pin import PinView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.too_small import TooSmall
from kiosk.words import words
from tests.conftest import WoundClock
from tests.ui.driver import LOOK_SECONDS, PIN, Before, Driver, standing_before

SENTENCE = "Näyttö on liian pieni. Suurenna ikkunaa."
TOO_SMALL = [(20, 5), (30, 8), (44, 80), (80, 14)]


def says(kiosk: Driver) -> str:
    """Read the whole screen as one line."""
    return " ".join(kiosk.words().split())


@pytest.mark.parametrize("size", TOO_SMALL)
async def test_a_small_screen_says_that_it_is_too_small_and_nothing_else(before: Before, size: tuple[int, int]) -> None:
    async with before(size=size) as kiosk:
        await kiosk.until(lambda: SENTENCE in says(kiosk))
        assert says(kiosk) == SENTENCE


async def test_the_sentence_stands_in_the_middle(before: Before) -> None:
    async with before(size=(20, 5)) as kiosk:
        await kiosk.until(lambda: SENTENCE in says(kiosk))
        rows = kiosk.words().splitlines()
        assert [bool(row.strip()) for row in rows] == [False, True, True, True, False]
        for row in filter(str.strip, rows):
            before_it, after_it = len(row) - len(row.lstrip()), len(row) - len(row.rstrip())
            assert abs(before_it - after_it) <= 1


@pytest.mark.parametrize("language", SPOKEN)
async def test_the_sentence_is_whole_on_a_tiny_screen_in_every_language(
    before: Before, survey: Callable[..., Config], language: str
) -> None:
    sentence = words(language)("This screen is too small. Please make the window larger.")
    async with before(survey(languages=f'["{language}"]'), size=(20, 5)) as kiosk:
        await kiosk.until(lambda: says(kiosk) == sentence)


async def test_the_sentence_is_said_in_the_customers_language(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("language:sv")
        await kiosk.resize(30, 8)
        assert says(kiosk) == "Skärmen är för liten. Gör fönstret större."


async def test_the_smallest_screen_that_is_large_enough_shows_the_question(before: Before) -> None:
    async with before(size=SMALLEST) as kiosk:
        await kiosk.awake()
        assert SENTENCE not in says(kiosk)
        await kiosk.tap("4")
        await kiosk.asks("best")
        assert [answer.value for answer in kiosk.answers()] == [4]


@pytest.mark.parametrize("size", [(columns, rows) for columns in (1, 2, 7, 19) for rows in (1, 2, 5)])
async def test_no_screen_is_so_small_that_the_kiosk_ends(before: Before, size: tuple[int, int]) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.resize(*size)
        assert kiosk.app.is_running
        await kiosk.resize(80, 24)
        await kiosk.tap("4")
        await kiosk.asks("best")


async def test_nothing_is_answered_unseen(before: Before) -> None:
    async with before(unlocked=True) as kiosk:
        await kiosk.awake()
        await kiosk.keys("tab", "tab")
        place = kiosk.place_of("4")
        await kiosk.resize(44, 24)
        for key in ("4", "enter", "space", "right"):
            await kiosk.keys(key)
        for x in range(0, 44, 3):
            await kiosk.tap_at(x, place[1])
        await kiosk.knock()
        await kiosk.resize(80, 24)
        assert kiosk.asked().question.id == "visit"
        assert not kiosk.answers()
        await kiosk.tap_at(*place)
        await kiosk.asks("best")
        assert [answer.value for answer in kiosk.answers()] == [4]


async def test_a_finger_that_was_on_a_tile_answers_nothing_below_the_sentence(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        place = kiosk.place_of("4")
        kiosk.press(*place)
        await kiosk.resize(20, 5)
        kiosk.release(*place)
        await kiosk.settle()
        assert not kiosk.answers()
        assert kiosk.app.mouse_captured is None


async def test_ctrl_q_still_leaves_at_a_desk(before: Before) -> None:
    async with before(size=(20, 5), unlocked=True) as kiosk:
        await kiosk.until(lambda: SENTENCE in says(kiosk))
        kiosk.strike("ctrl+q")
        await kiosk.until(lambda: not kiosk.app.is_running)


async def test_what_was_typed_is_still_there_when_the_window_grows(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey('kind = "text"', more="[privacy]\nfree_text = true")) as kiosk:
        await kiosk.until(lambda: bool(kiosk.seen.query(Line)) and kiosk.app._keeper.store is not None)
        await kiosk.type("fine")
        await kiosk.resize(30, 8)
        await kiosk.type(" not")
        kiosk.send(events.Paste("at all"))
        await kiosk.settle()
        await kiosk.resize(80, 24)
        assert kiosk.seen.query_one(Line).value == "fine"
        await kiosk.type(" so far")
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        assert [answer.text for answer in kiosk.answers()] == ["fine so far"]


async def test_no_face_is_drawn_in_pixels_over_the_sentence(before: Before, monkeypatch: pytest.MonkeyPatch) -> None:
    async with before(size=(20, 5)) as kiosk:
        await kiosk.until(lambda: bool(kiosk.app.stage.query(TooSmall)))
        written: list[str] = []
        monkeypatch.setattr(kiosk.app._driver, "write", written.append)
        kiosk.app.paint_pixels("pixels")
        assert not written
        await kiosk.resize(80, 24)
        kiosk.app.paint_pixels("pixels")
        assert "pixels" in written


FAST = (Phase.explicit, Phase.generate)
"""Each example starts a kiosk, so a failure is told as it was found."""

sizes = st.one_of(
    st.sampled_from([(1, 1), (20, 5), SMALLEST, (50, 15), (80, 24), (45, 80), (160, 50)]),
    st.tuples(st.integers(1, 130), st.integers(1, 50)),
)


async def through_staff_door(kiosk: Driver) -> None:
    await kiosk.knock()
    await kiosk.see(PinView)
    await kiosk.enter_pin(PIN)
    await kiosk.see(StaffView)


class Restless:
    """A window that changes its size between the steps of a visit, before someone who presses everything."""

    def __init__(self, kiosk: Driver, changes: list[tuple[int, int]]) -> None:
        self.kiosk, self.changes = kiosk, iter(changes)

    async def shakes(self) -> None:
        """Change size twice, then be large enough for the next step."""
        for _ in range(2):
            await self.kiosk.resize(*next(self.changes))
            await self.is_calm()
        await self.kiosk.resize(80, 24)
        await self.kiosk.until(lambda: self.kiosk.seen.region.size == (80, 24))

    async def is_calm(self) -> None:
        stage = self.kiosk.app.stage
        assert self.kiosk.app.is_running
        assert [cover.display for cover in stage.query(TooSmall)] in ([], [stage.is_too_small])
        if stage.is_too_small:
            self.kiosk.clock.wind(LOOK_SECONDS)
            self.kiosk.hit(stage.size.width // 2, stage.size.height // 2)
            await self.kiosk.keys("1", "enter", "minus", "a")


TEXT_AFTER = """
[[question]]
id = "more"
kind = "text"
after = "first"
when = "<=2"
text = "What happened?"
[privacy]
free_text = true
"""


@settings(max_examples=3, derandomize=True, suppress_health_check=list(HealthCheck), phases=FAST)
@given(changes=st.lists(sizes, min_size=14, max_size=14))
async def test_a_resize_at_any_moment_of_a_visit_changes_nothing_of_it(
    survey: Callable[..., Config], changes: list[tuple[int, int]]
) -> None:
    with TemporaryDirectory() as folder:
        PinVault(Path(folder), clock := WoundClock()).set(PIN)
        async with standing_before(survey(more=TEXT_AFTER), clock, Path(folder)) as kiosk:
            await kiosk.awake()
            window = Restless(kiosk, changes)
            await window.shakes()
            await kiosk.tap("1")
            await kiosk.asks("more")
            await window.shakes()
            await kiosk.tap("o")
            await window.shakes()
            await kiosk.tap("k")
            await window.shakes()
            await kiosk.tap("done")
            await kiosk.see(ThanksView)
            await window.shakes()
            assert [(answer.value, answer.text) for answer in kiosk.answers()] == [(1, None), (None, "ok")]
            await kiosk.wait(9)
            await kiosk.ended(1)
            await through_staff_door(kiosk)
            await window.shakes()
            await kiosk.tap("back")
            await kiosk.awake()
            assert len(kiosk.answers()) == 2
