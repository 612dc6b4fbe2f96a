"""Where tiles lie: no dead gap, no cut label, no answer that is larger than another without need."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size

from kiosk.ui.look import Look
from kiosk.ui.theme import palette
from kiosk.ui.widgets.grid import Grid, faces_in_row_or_column, for_labels, in_one_row, row_or_column
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
def test_places_of_a_full_row_differ_by_one_cell_at_the_most(grid: Grid) -> None:
    full = [grid.region(place) for place in range(grid.count // grid.columns * grid.columns)]
    widths, heights = {region.width for region in full}, {region.height for region in full}
    assert max(widths) - min(widths) <= 1
    assert max(heights) - min(heights) <= 1


def test_a_scale_is_one_row_where_its_steps_can_be_hit() -> None:
    assert in_one_row(11, 80, 5) == 11
    assert in_one_row(11, 50, 5) == 6
    assert in_one_row(11, 20, 5) == 4
    assert in_one_row(11, 1, 5) == 1


def test_faces_stand_in_a_column_where_that_makes_them_larger() -> None:
    assert faces_in_row_or_column(5, 78, 15) == 5
    assert faces_in_row_or_column(5, 43, 65) == 1


def test_a_scale_of_words_keeps_its_order_in_a_row_or_a_column() -> None:
    assert row_or_column(["No", "Partly", "Yes"], 78) == 3
    assert row_or_column(["Very dissatisfied", "Neither", "Extraordinarily"], 30) == 1


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
