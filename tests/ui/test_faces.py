"""The faces differ in shape, not only in colour, and stay round at every size."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.ui.faces import face, mood_colour
from kiosk.ui.picture import Picture
from kiosk.ui.theme import LEAST_OF_SHAPES, LIGHT, THEMES, Palette, contrast, rgb

MOODS = {3: (0.0, 0.5, 1.0), 4: (0.0, 1 / 3, 2 / 3, 1.0), 5: (0.0, 0.25, 0.5, 0.75, 1.0)}


def features(picture: Picture, palette: Palette) -> set[tuple[int, int]]:
    """Give where eyes, brows and mouth are."""
    ink = rgb(palette.feature)
    return {(x, y) for y in range(picture.height) for x, pixel in enumerate(picture.row(y)) if pixel == ink}


@pytest.mark.parametrize("palette", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize("size", [10, 12, 18, 30, 60, 130])
@pytest.mark.parametrize("points", MOODS)
@pytest.mark.parametrize("smooth", [True, False])
def test_neighbours_are_told_apart_without_colour(points: int, size: int, palette: Palette, smooth: bool) -> None:
    shapes = [features(face(mood, size, size, palette, smooth=smooth), palette) for mood in MOODS[points]]
    for one, other in pairwise(shapes):
        assert len(one ^ other) >= size // 6


@pytest.mark.parametrize("size", [2, 4, 10, 31, 64])
@pytest.mark.parametrize("smooth", [True, False])
def test_a_face_is_a_square_with_see_through_corners(size: int, smooth: bool) -> None:
    picture = face(0.5, size, size, LIGHT, smooth=smooth)
    assert (picture.width, picture.height, len(picture.pixels)) == (size, size, size * size)
    if size >= 10:
        first, last = picture.row(0), picture.row(size - 1)
        assert first[0] is first[-1] is last[0] is last[-1] is None
        assert picture.row(size // 2)[size // 4] is not None


def test_a_face_stands_in_the_middle_of_a_room_that_is_no_square() -> None:
    picture = face(0.5, 60, 40, LIGHT)
    middle = picture.row(20)
    assert (picture.width, picture.height) == (60, 40)
    assert middle[9] is None
    assert middle[10] is not None
    assert middle[49] is not None
    assert middle[50] is None


@pytest.mark.parametrize("mood", MOODS[5])
@pytest.mark.parametrize("size", [10, 12, 13, 16, 40])
def test_a_face_is_the_same_from_both_sides(mood: float, size: int) -> None:
    drawn = features(face(mood, size, size, LIGHT, smooth=False), LIGHT)
    mirrored = {(size - 1 - x, y) for x, y in drawn}
    assert len(drawn ^ mirrored) <= len(drawn) * 0.2


def test_without_smoothness_there_are_three_pure_colours() -> None:
    picture = face(1.0, 40, 40, LIGHT, smooth=False)
    seen = {pixel for y in range(40) for pixel in picture.row(y)}
    assert seen == {None, rgb(LIGHT.moods[4]), rgb(LIGHT.feature)}


def test_a_faded_face_steps_back() -> None:
    bright, faded = face(0.0, 40, 40, LIGHT).row(20)[3], face(0.0, 40, 40, LIGHT, faded=True).row(20)[3]
    page = rgb(LIGHT.page)
    assert bright is not None
    assert faded is not None
    assert sum(abs(a - b) for a, b in zip(faded, page, strict=True)) < sum(
        abs(a - b) for a, b in zip(bright, page, strict=True)
    )


@pytest.mark.parametrize("palette", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize("mood", MOODS[5])
def test_a_large_face_can_be_told_from_the_page(mood: float, palette: Palette) -> None:
    size = 100
    row = face(mood, size, size, palette).row(size // 2)
    edge = [pixel for pixel in row[: size // 8] if pixel is not None]
    assert max(contrast("#{:02x}{:02x}{:02x}".format(*pixel), palette.page) for pixel in edge) >= LEAST_OF_SHAPES


def test_moods_take_the_colours_of_the_palette() -> None:
    assert [mood_colour(mood, LIGHT) for mood in MOODS[5]] == list(LIGHT.moods)
