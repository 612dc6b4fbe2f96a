"""The staff door: five taps in a corner, then a PIN that a customer can neither guess nor claim."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.geometry import Size

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.device.pin import PinVault
from kiosk.store.reader import Reader
from kiosk.ui.gesture import Gesture
from kiosk.ui.views.notice import NoticeView
from kiosk.ui.views.pin import PinView
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import PIN, Before, Driver
from tests.ui.test_kinds import SIZES, has_no_gaps

SCREEN, FINGER = Size(80, 24), Size(10, 5)

LEAST_ROWS = 3
"""Of a key on the pad: 17 mm on a 7-inch panel of 15 rows."""


async def at_door(kiosk: Driver) -> None:
    await kiosk.awake()
    await kiosk.knock()
    await kiosk.see(PinView)


async def test_every_key_of_the_pad_can_be_hit_on_any_screen(before: Before, pin: str) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        for size in SIZES:
            await kiosk.resize(*size)
            pad = kiosk.seen.query_one("#pad", Tiles)
            assert kiosk.app.screen.region.contains_region(pad.region)
            assert pad.region.height >= 4 * LEAST_ROWS
            has_no_gaps(pad)


# What counts as a knock.


def taps(*moments: float, x: int = 1, y: int = 1, corner: str = "top-left") -> list[bool]:
    gesture = Gesture(corner)  # type: ignore[arg-type]
    return [gesture.tap(x, y, SCREEN, FINGER, moment) for moment in moments]


def test_five_taps_within_three_seconds_are_a_knock() -> None:
    assert taps(0, 0.7, 1.5, 2.2, 3.0) == [False, False, False, False, True]


def test_five_taps_in_more_than_three_seconds_are_none() -> None:
    assert not any(taps(0, 0.7, 1.5, 2.2, 3.1))


def test_slow_taps_before_do_not_spoil_a_knock() -> None:
    assert taps(0, 10, 20, 20.1, 20.2, 20.3, 20.4)[-1]


def test_a_knock_is_used_up() -> None:
    assert taps(*[number / 10 for number in range(9)]).count(True) == 1


def test_a_tap_elsewhere_starts_the_knock_anew() -> None:
    gesture = Gesture("top-left")
    places = [(1, 1), (1, 1), (40, 12), (1, 1), (1, 1), (1, 1), (1, 1)]
    heard = [gesture.tap(x, y, SCREEN, FINGER, number / 10) for number, (x, y) in enumerate(places)]
    assert not any(heard)


@pytest.mark.parametrize(
    ("corner", "x", "y"),
    [("top-left", 9, 4), ("top-right", 70, 0), ("bottom-left", 0, 19), ("bottom-right", 79, 23)],
)
def test_the_shop_chooses_the_corner(corner: str, x: int, y: int) -> None:
    assert taps(0, 0.1, 0.2, 0.3, 0.4, x=x, y=y, corner=corner)[-1]
    assert not any(taps(0, 0.1, 0.2, 0.3, 0.4, x=40, y=12, corner=corner))


# From each view.


async def test_without_a_staff_door_a_knock_is_nothing(before: Before, pin: str) -> None:
    async with before(has_staff_door=False) as kiosk:
        await kiosk.awake()
        await kiosk.knock()
        await kiosk.awake()
        assert kiosk.answers() == []


async def test_four_taps_do_not_open_the_door_and_the_fifth_does(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        for _ in range(4):
            await kiosk.tap_at(1, 1)
        assert isinstance(kiosk.app.stage.view, QuestionView)
        await kiosk.tap_at(1, 1)
        await kiosk.see(PinView)
        assert kiosk.visits() == []


async def test_a_knock_in_mid_visit_ends_it_as_left(before: Before, pin: str) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.knock()
        await kiosk.see(PinView)
        assert [visit.outcome for visit in kiosk.visits()] == [Outcome.LEFT]
        assert [answer.value for answer in kiosk.answers()] == [2]
        await kiosk.tap("cancel")
        await kiosk.awake()


async def test_a_knock_on_the_thanks_opens_the_door(before: Before, pin: str) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        await kiosk.knock()
        await kiosk.see(PinView)
        assert len(kiosk.visits()) == 1
        assert len(kiosk.answers()) == 1


# The PIN.


async def test_the_right_pin_opens_and_the_log_says_so(before: Before, pin: str, tmp_path: Path) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        await kiosk.enter_pin(pin)
        await kiosk.see(StaffView)
        with Reader(tmp_path / "kiosk.db") as reader:
            assert reader.last_note("opened", "wrong_pin") == "opened"


async def test_the_pin_can_be_typed_on_a_number_pad(before: Before, pin: str) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        await kiosk.keys(*"5284", "9", "backspace", *"61", "enter")
        await kiosk.see(StaffView)


async def test_the_screen_shows_dots_and_no_digit_of_the_pin(before: Before, pin: str) -> None:
    async with before(size=(160, 50)) as kiosk:
        await at_door(kiosk)
        nothing = kiosk.words()
        await kiosk.keys(*"528")
        assert kiosk.read("#dots") == "● ● ●"
        await kiosk.tap("language:en")
        assert kiosk.read("#dots") == "● ● ●"
        await kiosk.tap("language:fi")
        dots = kiosk.words().replace("● ● ●", "○ ○ ○ ○ ○ ○").split()
        assert dots == nothing.split(), "nothing but the dots has changed"


async def test_a_wrong_pin_says_how_many_tries_are_left(before: Before, pin: str) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        await kiosk.tap("language:en")
        await kiosk.enter_pin("111222")
        await kiosk.until(lambda: "4" in kiosk.read("#detail"))
        await kiosk.see(PinView)
        await kiosk.enter_pin(pin)
        await kiosk.see(StaffView)


async def test_the_sixth_wrong_pin_locks_the_door_for_half_a_minute(before: Before, pin: str) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        for _ in range(6):
            view = await kiosk.see(PinView)
            await kiosk.enter_pin("111222")
            await kiosk.until(lambda seen=view: kiosk.app.stage.view is not seen)  # type: ignore[misc]
        await kiosk.see(PinView)
        assert "30 s" in kiosk.read("#detail")
        await kiosk.enter_pin(pin)
        await kiosk.until(lambda: " s" in kiosk.read("#detail") and "30" not in kiosk.read("#detail"))
        kiosk.clock.wind(30)
        await kiosk.enter_pin(pin)
        await kiosk.see(StaffView)


@pytest.mark.parametrize("leave", ["tap", "key", "idle"])
async def test_the_door_closes_when_nobody_goes_in(before: Before, pin: str, leave: str) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        await kiosk.keys("5", "2")
        if leave == "tap":
            await kiosk.tap("cancel")
        elif leave == "key":
            await kiosk.keys("escape")
        else:
            await kiosk.wait(59)
            assert isinstance(kiosk.app.stage.view, PinView)
            await kiosk.wait(1)
        await kiosk.awake()


# The first PIN.


async def test_the_first_pin_is_chosen_twice_in_the_first_quarter_of_an_hour(before: Before, tmp_path: Path) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        first = kiosk.app.stage.view
        await kiosk.enter_pin(PIN)
        await kiosk.until(lambda: kiosk.app.stage.view is not first)
        await kiosk.see(PinView)
        await kiosk.enter_pin(PIN)
        await kiosk.see(StaffView)
        PinVault(tmp_path, kiosk.clock).check(PIN)


async def test_two_different_pins_are_not_taken(before: Before, tmp_path: Path) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        for pin in (PIN, "111223"):
            view = kiosk.app.stage.view
            await kiosk.enter_pin(pin)
            await kiosk.until(lambda seen=view: kiosk.app.stage.view is not seen)  # type: ignore[misc]
            await kiosk.see(PinView)
        assert kiosk.read("#detail")
        assert not PinVault(tmp_path, kiosk.clock).is_set


@pytest.mark.parametrize("weak", ["123456", "000000", "5284"])
async def test_a_weak_pin_is_not_taken(before: Before, tmp_path: Path, weak: str) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        for _ in range(2):
            view = kiosk.app.stage.view
            await kiosk.enter_pin(weak)
            await kiosk.until(lambda seen=view: kiosk.app.stage.view is not seen)  # type: ignore[misc]
            await kiosk.see(PinView)
        assert not PinVault(tmp_path, kiosk.clock).is_set
        assert kiosk.read("#detail")


async def test_nobody_can_claim_the_door_later(before: Before, tmp_path: Path) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        kiosk.clock.wind(15 * 60)
        await kiosk.knock()
        await kiosk.see(NoticeView)
        assert "kiosk pin" in kiosk.read("#detail")
        await kiosk.wait(8)
        await kiosk.awake()
        assert not PinVault(tmp_path, kiosk.clock).is_set


async def test_a_claim_that_is_left_alone_is_given_up(before: Before) -> None:
    async with before() as kiosk:
        await at_door(kiosk)
        view = kiosk.app.stage.view
        await kiosk.enter_pin(PIN)
        await kiosk.until(lambda: kiosk.app.stage.view is not view)
        await kiosk.see(PinView)
        await kiosk.wait(60)
        await kiosk.awake()


async def test_the_door_is_where_the_shop_put_it(before: Before, survey: Callable[..., Config], pin: str) -> None:
    async with before(survey(more='[staff]\ngesture = "bottom-right"')) as kiosk:
        await kiosk.awake()
        await kiosk.knock()
        assert isinstance(kiosk.app.stage.view, QuestionView)
        for _ in range(5):
            await kiosk.tap_at(78, 22)
        await kiosk.see(PinView)
