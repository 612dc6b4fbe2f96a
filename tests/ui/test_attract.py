"""What moves while nobody is there: calmly, one face at a time, and never while somebody is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from textual._compositor import ChopsUpdate
from textual.geometry import Region

from kiosk.config import Config
from kiosk.ui.app import TICK_SECONDS
from kiosk.ui.attract import AFTER_SECONDS, BLINK_SECONDS, EVERY_SECONDS, blinking
from kiosk.ui.public import RasterFound
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before, Driver

MOST_CHANGES_A_SECOND = 3
FACES = 5
CELL = (10, 20)


def test_faces_blink_one_after_the_other_from_the_left_to_the_right() -> None:
    times = [AFTER_SECONDS + turn * EVERY_SECONDS for turn in range(FACES + 1)]
    assert [blinking(at, FACES) for at in times] == [0, 1, 2, 3, 4, 0]
    assert [blinking(at + BLINK_SECONDS + 0.01, FACES) for at in times] == [None] * len(times)


def test_nothing_moves_soon_after_a_touch_or_without_faces() -> None:
    assert {blinking(step / 10, FACES) for step in range(-10, round(AFTER_SECONDS * 10))} == {None}
    assert blinking(AFTER_SECONDS, 0) is None


@pytest.mark.parametrize("late", [0.0, 0.1, 0.24])
def test_it_never_comes_near_to_flashing(late: float) -> None:
    ticks = [AFTER_SECONDS + late + number * TICK_SECONDS for number in range(2400)]
    shown = [blinking(at, FACES) for at in ticks]
    changed_at = [at for at, one, other in zip(ticks[1:], shown, shown[1:], strict=False) if one != other]
    assert len(changed_at) > 200
    for at in changed_at:
        assert sum(at <= other < at + 1 for other in changed_at) < MOST_CHANGES_A_SECOND


def test_no_blink_falls_between_two_ticks() -> None:
    assert BLINK_SECONDS > TICK_SECONDS


class Painter:
    """Notes what reaches the screen: cells in regions, and pictures by the cells that they begin in."""

    def __init__(self, kiosk: Driver, patch: pytest.MonkeyPatch) -> None:
        self.cells: list[Region] = []
        self.pictures: list[tuple[int, int]] = []
        patch.setattr(kiosk.app, "_display", self.note_cells)
        patch.setattr(kiosk.app, "paint_pixels", self.note_pictures)

    def note_cells(self, _screen: object, update: object) -> None:
        if update is not None:
            assert isinstance(update, ChopsUpdate), "more than a part was painted"
            self.cells += [Region(left, y, right - left, 1) for y, left, right in update.spans]

    def note_pictures(self, sequence: str) -> None:
        found = re.findall(r"\x1b7\x1b\[(\d+);(\d+)H\x1bP[^\x1b]*\x1b\\\x1b8", sequence)
        self.pictures += [(int(column) - 1, int(row) - 1) for row, column in found]


def face(kiosk: Driver, key: str) -> Region:
    tiles = kiosk.seen.query_one("#choices", Tiles)
    return tiles.region_of(key).translate(tiles.region.offset)


def screen(kiosk: Driver) -> list[list[object]]:
    """Read every cell: its character and how it is painted."""
    rows = kiosk.app.screen._compositor.render_strips()
    return [[(letter, segment.style) for segment in row for letter in segment.text] for row in rows]


async def left_alone(kiosk: Driver, seconds: float = AFTER_SECONDS) -> None:
    """Touch nothing for so long, from now on."""
    kiosk.asked().active_at = kiosk.clock.seconds()
    await kiosk.wait(seconds)


async def test_only_the_cells_of_the_face_that_blinks_are_painted(
    before: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await left_alone(kiosk, AFTER_SECONDS - 0.1)
        still = screen(kiosk)
        for key in ("1", "2"):
            painter = Painter(kiosk, monkeypatch)
            await kiosk.wait(0.1)
            assert painter.cells
            assert all(face(kiosk, key).contains_region(cells) for cells in painter.cells)
            assert screen(kiosk) != still
            await kiosk.wait(BLINK_SECONDS)
            assert screen(kiosk) == still
            painter = Painter(kiosk, monkeypatch)
            for _ in range(14):
                await kiosk.wait(TICK_SECONDS)
            assert painter.cells == [], "between blinks nothing is painted"
            await kiosk.wait(EVERY_SECONDS - BLINK_SECONDS - 14 * TICK_SECONDS - 0.1)


async def test_where_pixels_are_drawn_no_cell_is_painted_that_would_wipe_them(
    before: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        kiosk.app.post_message(RasterFound(CELL))
        await kiosk.settle()
        await left_alone(kiosk, 1)
        painter = Painter(kiosk, monkeypatch)
        await left_alone(kiosk)
        assert painter.cells == []
        eyes = set(painter.pictures)
        assert 0 < len(eyes) <= 3, "the rows of the eyes"
        assert all(face(kiosk, "1").contains(*place) for place in eyes)
        await kiosk.wait(BLINK_SECONDS)
        assert painter.cells == []
        assert sorted(painter.pictures) == sorted([*eyes, *eyes]), "the same pieces again, with open eyes"


async def test_a_touch_opens_all_eyes_and_they_stay_open(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        still = screen(kiosk)
        touches: list[Callable[[], None]] = [lambda: kiosk.press(1, 20), lambda: kiosk.strike("x")]
        for touch in touches:
            await left_alone(kiosk)
            assert screen(kiosk) != still
            touch()
            await kiosk.settle()
            await kiosk.wait(TICK_SECONDS)
            assert screen(kiosk) == still
            await kiosk.wait(AFTER_SECONDS - 2 * TICK_SECONDS)
            assert screen(kiosk) == still


async def test_a_tap_in_the_middle_of_a_blink_counts_and_its_face_looks_up(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await left_alone(kiosk)
        await kiosk.tap_at(*kiosk.place_of("1"))
        await kiosk.asks("why")
        assert [(answer.question, answer.value) for answer in kiosk.answers()] == [("visit", 1)]


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ('kind = "smiley"', "[look]\nmotion = false"),
        ('kind = "nps"', ""),
        ('kind = "success"', ""),
    ],
)
async def test_nothing_moves_where_the_shop_wants_it_so_or_there_is_no_face(
    before: Before, survey: Callable[..., Config], monkeypatch: pytest.MonkeyPatch, question: str, more: str
) -> None:
    async with before(survey(question, more=more)) as kiosk:
        await kiosk.awake()
        painter = Painter(kiosk, monkeypatch)
        for _ in range(5):
            await left_alone(kiosk, AFTER_SECONDS)
            await left_alone(kiosk, AFTER_SECONDS + BLINK_SECONDS)
        assert (painter.cells, painter.pictures) == ([], [])


async def test_a_question_that_was_answered_before_does_not_blink_at_its_customer(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("5")
        await kiosk.asks("best")
        await kiosk.tap("skip")
        await kiosk.until(lambda: "change" in kiosk.keys_to_tap())
        await kiosk.tap("change")
        view = await kiosk.asks("visit")
        still = screen(kiosk)
        view.active_at = kiosk.clock.seconds()
        await kiosk.wait(AFTER_SECONDS)
        assert screen(kiosk) == still
