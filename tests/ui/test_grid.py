"""Where tiles lie: no dead gap, no cut label, no answer that is larger than another without need."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size

from kiosk.ui.look import Look
from kiosk.ui.theme import palette
from kiosk.ui.widgets.grid import Grid, for_faces, for_labels, for_steps, row_or_column
from tests.conftest import WoundClock

grids = st.builds(Grid, st.integers(1, 12), st.integers(1, 12), st.integers(0, 60), st.integers(0, 30)).filter(
    lambda grid: grid.columns <= grid.count
)
labels = st.lists(st.text("abc ", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=9)


@given(grids)
def test_every_cell_belongs_to_exactly_one_place(grid: Grid) -> None:
    regions = [grid.region(place) for place in range(grid.count)]
    assert sum(region.area for region in regions) == grid.width * grid.height
    for y in range(grid.height):
        for x in range(grid.width):
            owners = [place for place, region in enumerate(regions) if region.contains(x, y)]
            assert owners == [grid.place_at(x, y)]


@given(grids, st.integers(-5, 70), st.integers(-5, 40))
def test_outside_there_is_no_place(grid: Grid, x: int, y: int) -> None:
    inside = Region(0, 0, grid.width, grid.height).contains(x, y)
    assert (grid.place_at(x, y) is not None) == inside


@given(grids)
def test_what_is_drawn_is_of_one_size_and_lies_where_it_can_be_hit(grid: Grid) -> None:
    slots = [grid.slot(place) for place in range(grid.count)]
    assert len({slot.size for slot in slots}) == 1
    assert all(grid.region(place).contains_region(slot) for place, slot in enumerate(slots) if slot)


@given(grids)
def test_rows_stand_in_the_middle(grid: Grid) -> None:
    for first in range(0, grid.count, grid.columns):
        last = min(first + grid.columns, grid.count) - 1
        assert abs(grid.slot(first).x - (grid.width - grid.slot(last).right)) <= 1


def test_a_scale_is_one_row_where_its_steps_can_be_hit() -> None:
    assert for_steps(11, 80, 9, 5) == 11
    assert for_steps(11, 80, 9, 8) == 6
    assert for_steps(11, 50, 8, 5) == 6
    assert for_steps(11, 20, 8, 5) == 4
    assert for_steps(11, 1, 8, 5) == 1


def test_steps_are_no_pillars() -> None:
    assert for_steps(7, 43, 9, 5) == 7
    assert for_steps(7, 43, 24, 5) == 4
    assert for_steps(11, 43, 24, 5) == 4


def test_faces_stand_in_a_column_where_that_makes_them_larger() -> None:
    assert for_faces(5, 78, 15) == 5
    assert for_faces(5, 43, 65) == 1


def test_faces_stand_in_two_rows_where_that_makes_them_larger() -> None:
    assert for_faces(5, 59, 36) == 3
    assert for_faces(4, 59, 36) == 2
    assert for_faces(3, 59, 36) == 3


def test_a_scale_of_words_keeps_its_order_in_a_row_or_a_column() -> None:
    assert row_or_column(["No", "Partly", "Yes"], 78, 12) == 3
    assert row_or_column(["No", "Partly", "Yes"], 43, 35) == 1
    assert row_or_column(["Very dissatisfied", "Neither", "Extraordinarily"], 30, 12) == 1


@given(labels, st.integers(0, 200), st.integers(0, 70))
def test_there_are_never_more_columns_than_labels(names: list[str], width: int, height: int) -> None:
    assert 1 <= for_labels(names, width, height) <= len(names)


def test_labels_are_given_full_rows_where_there_is_room() -> None:
    assert for_labels(["Price", "Food", "Queue", "Service", "Mood", "Other"], 78, 13) == 3
    assert for_labels(["Price", "Food", "Queue", "Service"], 78, 13) == 2


def test_a_finger_gets_twenty_millimetres_where_the_panel_is_known(clock: WoundClock) -> None:
    seven_inches = Look(palette("light"), ("en",), "Shop", clock, diagonal_inches=7.0)
    screen = Size(80, 24)
    cell = seven_inches.cell_mm(screen)
    assert cell is not None
    finger = seven_inches.finger(screen)
    assert finger.width * cell[0] >= 20
    assert finger.height * cell[1] >= 20
    assert (finger.width - 1) * cell[0] < 20
    assert Look(palette("light"), ("en",), "Shop", clock).finger(screen) == Size(10, 5)
