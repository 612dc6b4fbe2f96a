"""The faces differ in shape, not only in colour, and stay round at every size."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.ui.faces import Pixels, face, mood_colour
from kiosk.ui.theme import DARK, LIGHT, Palette, rgb

MOODS = {3: (0.0, 0.5, 1.0), 4: (0.0, 1 / 3, 2 / 3, 1.0), 5: (0.0, 0.25, 0.5, 0.75, 1.0)}


def features(pixels: Pixels, palette: Palette) -> set[tuple[int, int]]:
    """Give where eyes, brows and mouth are."""
    ink = rgb(palette.feature)
    return {(x, y) for y, row in enumerate(pixels) for x, pixel in enumerate(row) if pixel == ink}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", [12, 18, 30, 60])
@pytest.mark.parametrize("points", MOODS)
def test_neighbours_are_told_apart_without_colour(points: int, size: int, palette: Palette) -> None:
    shapes = [features(face(mood, size, palette, smooth=False), palette) for mood in MOODS[points]]
    for one, other in pairwise(shapes):
        assert len(one ^ other) >= size // 6


@pytest.mark.parametrize("size", [2, 4, 10, 31, 64])
@pytest.mark.parametrize("smooth", [True, False])
def test_a_face_is_a_square_with_see_through_corners(size: int, smooth: bool) -> None:
    pixels = face(0.5, size, LIGHT, smooth=smooth)
    assert len(pixels) == size
    assert {len(row) for row in pixels} == {size}
    if size >= 10:
        assert pixels[0][0] is pixels[0][-1] is pixels[-1][0] is pixels[-1][-1] is None
        assert pixels[size // 2][size // 4] is not None


@pytest.mark.parametrize("mood", MOODS[5])
def test_a_face_is_the_same_from_both_sides(mood: float) -> None:
    drawn = features(face(mood, 40, LIGHT, smooth=False), LIGHT)
    mirrored = {(39 - x, y) for x, y in drawn}
    assert len(drawn ^ mirrored) <= len(drawn) * 0.2


def test_without_smoothness_there_are_three_pure_colours() -> None:
    pixels = face(1.0, 40, LIGHT, smooth=False)
    assert {pixel for row in pixels for pixel in row} == {None, rgb(LIGHT.moods[4]), rgb(LIGHT.feature)}


def test_a_faded_face_steps_back() -> None:
    middle = 20
    bright, faded = face(0.0, 40, LIGHT)[middle][3], face(0.0, 40, LIGHT, faded=True)[middle][3]
    page = rgb(LIGHT.page)
    assert bright is not None
    assert faded is not None
    assert sum(abs(a - b) for a, b in zip(faded, page, strict=True)) < sum(
        abs(a - b) for a, b in zip(bright, page, strict=True)
    )


def test_moods_take_the_colours_of_the_palette() -> None:
    assert [mood_colour(mood, LIGHT) for mood in MOODS[5]] == list(LIGHT.moods)
