"""Colours: everything that is read has the contrast that WCAG asks for, in every theme and with any accent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.theme import LEAST_OF_SHAPES, THEMES, Palette, blend, contrast, luminance, palette

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_its_ground(name: str) -> None:
    mine = palette(name)
    pairs = [(mine.ink, mine.page), (mine.ink, mine.tile), (mine.soft, mine.page), (mine.accent, mine.page)]
    for text, ground in [*pairs, (mine.on_accent, mine.accent)]:
        assert contrast(text, ground) >= 4.5, (text, ground)


@pytest.mark.parametrize("name", THEMES)
def test_every_outline_can_be_told_from_its_ground(name: str) -> None:
    mine = palette(name)
    for shape, ground in [(mine.line, mine.page), (mine.line, mine.tile), (mine.accent, mine.page)]:
        assert contrast(shape, ground) >= LEAST_OF_SHAPES, (shape, ground)


@pytest.mark.parametrize("name", THEMES)
def test_a_face_can_be_told_from_its_features(name: str) -> None:
    mine = palette(name)
    for mood in mine.moods:
        assert contrast(mine.feature, mood) >= LEAST_OF_SHAPES


@pytest.mark.parametrize("name", THEMES)
@given(accent=colours)
def test_any_accent_of_a_shop_can_be_read_and_be_read_on(name: str, accent: str) -> None:
    chosen = palette(name, accent)
    assert contrast(chosen.accent, chosen.page) >= 4.5
    assert contrast(chosen.on_accent, chosen.accent) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@given(accent=colours)
def test_an_accent_that_can_be_read_stays_as_it_is(name: str, accent: str) -> None:
    if contrast(accent, THEMES[name].page) >= 4.5:
        assert palette(name, accent).accent == accent


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert luminance("#ffffff") == pytest.approx(1)


@given(colours, colours)
def test_contrast_is_the_same_both_ways(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1


def test_a_blend_starts_at_one_colour_and_ends_at_the_other() -> None:
    assert blend("#102030", "#405060", 0) == "#102030"
    assert blend("#102030", "#405060", 1) == "#405060"
    assert blend("#000000", "#ffffff", 0.5) == "#808080"


def test_a_theme_without_an_accent_keeps_its_own() -> None:
    assert isinstance(palette("dark"), Palette)
    assert palette("dark") is THEMES["dark"]
