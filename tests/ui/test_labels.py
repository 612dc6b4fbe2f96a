"""The words of tiles: of one size for all, large where all fit, and never cut."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from kiosk.ui.canvas import Canvas
from kiosk.ui.look import Look
from kiosk.ui.picture import Raster
from kiosk.ui.theme import LIGHT
from kiosk.ui.widgets.boxes import BoxPainter
from kiosk.ui.widgets.grid import Grid
from kiosk.ui.widgets.labels import Labels
from kiosk.ui.widgets.painting import CHOSEN, Painter, Tile
from kiosk.ui.widgets.smileys import SmileyPainter
from tests.conftest import WoundClock

CELL = (10, 20)
FACES = [Tile(str(place), word, mood=place / 2) for place, word in enumerate(["Bad", "Okay", "Good"])]


@pytest.fixture
def in_pixels(clock: WoundClock) -> Look:
    return Look(LIGHT, ("en",), "Shop", clock, raster=Raster(CELL))


@pytest.fixture
def in_blocks(clock: WoundClock) -> Look:
    return Look(LIGHT, ("en",), "Shop", clock)


def painted(look: Look, painter: type[Painter], tiles: list[Tile], grid: Grid, *chosen: str) -> Canvas:
    canvas = Canvas(grid.width, grid.height, LIGHT.page, look.raster)
    painter(look, canvas, tiles, grid, frozenset(chosen)).paint(None)
    return canvas


def said(canvas: Canvas) -> str:
    return "\n".join(canvas.strip(y).text for y in range(canvas.height))


def test_words_are_big_where_all_of_them_fit(in_pixels: Look) -> None:
    labels = Labels(in_pixels, ["Yes", "Partly", "No"], width=20, height=5, largest=2)
    assert labels.are_big
    assert labels.rows <= 5


def test_one_long_word_keeps_all_words_small(in_pixels: Look) -> None:
    labels = Labels(in_pixels, ["Yes", "Extraordinarily"], width=15, height=5, largest=2)
    assert not labels.are_big
    assert labels.rows == 1


def test_a_letter_that_big_type_lacks_keeps_all_words_small(in_pixels: Look) -> None:
    assert not Labels(in_pixels, ["Yes", "დიახ"], width=20, height=5, largest=2).are_big


def test_words_of_half_blocks_are_big_only_where_there_is_much_room(in_blocks: Look) -> None:
    assert not Labels(in_blocks, ["Service"], width=30, height=6, largest=3).are_big
    assert Labels(in_blocks, ["Service"], width=60, height=12, largest=6).are_big


def test_big_words_never_leave_their_tile(in_pixels: Look) -> None:
    labels = Labels(in_pixels, ["Waiting time", "Cleanliness"], width=22, height=4, largest=3)
    canvas = Canvas(60, 6, LIGHT.page, in_pixels.raster)
    labels.write(canvas, Region(30, 1, 24, 4), "Waiting time", LIGHT.ink, LIGHT.page)
    assert canvas.sixels
    assert {piece.row for piece in canvas.sixels} <= set(range(1, 5))
    assert min(piece.column for piece in canvas.sixels) >= 30


def test_a_chosen_box_is_told_by_more_than_its_colour(in_blocks: Look) -> None:
    tiles, grid = [Tile("a", "Food"), Tile("b", "Price")], Grid(2, 2, 40, 5)
    canvas = painted(in_blocks, BoxPainter, tiles, grid, "b")
    assert said(canvas).count(CHOSEN) == 1
    assert f"{CHOSEN} Price" in said(canvas)


def test_the_sign_of_a_big_word_stands_before_it_where_it_fits_and_else_in_the_corner(in_pixels: Look) -> None:
    wide = painted(in_pixels, BoxPainter, [Tile("a", "Food")], Grid(1, 1, 40, 7), "a")
    assert CHOSEN not in said(wide), "it is drawn with the word"
    assert wide.sixels != painted(in_pixels, BoxPainter, [Tile("a", "Food")], Grid(1, 1, 40, 7)).sixels
    tight = painted(in_pixels, BoxPainter, [Tile("a", "10")], Grid(1, 1, 7, 7), "a")
    assert CHOSEN in said(tight)


def test_faces_leave_room_for_big_words(in_pixels: Look) -> None:
    for count in (3, 2):
        grid = Grid(count, count, 78, 12)
        painter = SmileyPainter(in_pixels, Canvas(78, 12, LIGHT.page), FACES[:count], grid, frozenset())
        assert painter.big_for(FACES[0]) is not None


def test_boxes_with_outlines_stand_side_by_side_without_a_gap(in_blocks: Look) -> None:
    canvas = painted(in_blocks, BoxPainter, [Tile("a", "Food"), Tile("b", "Price")], Grid(2, 2, 40, 5))
    assert "╮╭" in canvas.strip(0).text


def test_low_boxes_of_a_column_are_parted_by_half_a_row(in_blocks: Look) -> None:
    tiles = [Tile(name, name) for name in ("one", "two", "three")]
    lines = said(painted(in_blocks, BoxPainter, tiles, Grid(3, 1, 30, 6))).splitlines()
    assert ["▄" in line for line in lines] == [False, True] * 3
