"""Big letters: as large as they fit, never cut, and none where they would be harder to read than plain ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.text import clean
from kiosk.ui.lettering import SMALLEST, lettering
from kiosk.ui.theme import LIGHT, rgb

QUESTION = "Miten asiointi sujui tänään?"


def test_letters_grow_with_the_room() -> None:
    small = lettering(QUESTION, 400, 20, LIGHT.ink, LIGHT.page)
    large = lettering(QUESTION, 400, 40, LIGHT.ink, LIGHT.page)
    assert small is not None
    assert large is not None
    assert len(large) > len(small)


@pytest.mark.parametrize(("width", "height"), [(40, 60), (300, SMALLEST - 1), (0, 0), (5, 5)])
def test_without_room_there_are_none(width: int, height: int) -> None:
    assert lettering(QUESTION, width, height, LIGHT.ink, LIGHT.page) is None


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60).map(clean), st.integers(0, 240), st.integers(0, 60))
def test_letters_never_leave_their_room(text: str, width: int, height: int) -> None:
    letters = lettering(text, width, height, LIGHT.ink, LIGHT.page)
    if letters is not None:
        assert len(letters) <= height + 1
        assert len(letters) % 2 == 0
        assert {len(row) for row in letters} == {width}


def test_letters_stand_in_the_middle() -> None:
    letters = lettering("OHO", 200, 40, LIGHT.ink, LIGHT.page)
    assert letters is not None
    columns = [x for row in letters for x, pixel in enumerate(row) if pixel]
    assert abs((min(columns) + max(columns)) - 199) <= 4
    assert min(columns) > 0


def test_without_smoothness_there_is_one_colour() -> None:
    letters = lettering("OHO", 200, 40, LIGHT.ink, LIGHT.page, smooth=False)
    assert letters is not None
    assert {pixel for row in letters for pixel in row} == {None, rgb(LIGHT.ink)}
