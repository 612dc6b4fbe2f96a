"""Where keys lie: no dead gap, and every row from edge to edge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from kiosk.ui.widgets.rows import Rows

weights = st.lists(st.lists(st.integers(1, 8), min_size=1, max_size=6).map(tuple), min_size=1, max_size=4).map(tuple)
arrangements = st.builds(Rows, weights, st.integers(0, 40), st.integers(0, 8))


@given(arrangements)
def test_every_cell_belongs_to_exactly_one_key(keys: Rows) -> None:
    regions = [keys.region(place) for place in range(keys.count)]
    assert sum(region.area for region in regions) == keys.width * keys.height
    for y in range(keys.height):
        for x in range(keys.width):
            owners = [place for place, region in enumerate(regions) if region.contains(x, y)]
            assert owners == [keys.place_at(x, y)]


@given(arrangements, st.integers(-5, 50), st.integers(-5, 12))
def test_outside_there_is_no_key(keys: Rows, x: int, y: int) -> None:
    inside = Region(0, 0, keys.width, keys.height).contains(x, y)
    assert (keys.place_at(x, y) is not None) == inside


@given(arrangements)
def test_what_is_painted_of_a_key_is_a_part_of_it_and_touches_no_other(keys: Rows) -> None:
    for place in range(keys.count):
        box, region = keys.slot(place), keys.region(place)
        assert region.contains_region(box) or not box
        if region.right < keys.width:
            assert box.right < region.right or not region


def test_keys_of_one_weight_stand_below_each_other() -> None:
    keys = Rows(((2,) * 11, (4, *[2] * 7, 4), (2,) * 11), 78, 12)
    assert [keys.region(place).x for place in (2, 3)] == [keys.region(place).x for place in (12, 13)]
    assert keys.region(0).x == keys.region(11).x == keys.region(20).x == 0
    assert keys.region(10).right == keys.region(19).right == 78
    assert keys.slot(10).right == keys.slot(19).right == 78
