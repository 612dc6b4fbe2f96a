"""Big letters: as large as they fit, never cut, and none where they would be harder to read than plain ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config import Config
from kiosk.text import clean
from kiosk.ui.lettering import SMALLEST, lettering
from kiosk.ui.theme import LIGHT, rgb
from tests.ui.driver import Before

QUESTION = "Miten asiointi sujui tänään?"


def test_letters_grow_with_the_room() -> None:
    small = lettering(QUESTION, 400, 20, LIGHT.ink, LIGHT.page)
    large = lettering(QUESTION, 400, 40, LIGHT.ink, LIGHT.page)
    assert small is not None
    assert large is not None
    assert large.height > small.height


@pytest.mark.parametrize(("width", "height"), [(30, 60), (300, SMALLEST - 1), (0, 0), (5, 5)])
def test_without_room_there_are_none(width: int, height: int) -> None:
    assert lettering(QUESTION, width, height, LIGHT.ink, LIGHT.page) is None


@settings(max_examples=60)
@given(st.text("abcåäöžжїŋ éß?!-", max_size=60).map(clean), st.integers(0, 240), st.integers(0, 60))
def test_letters_never_leave_their_room(text: str, width: int, height: int) -> None:
    letters = lettering(text, width, height, LIGHT.ink, LIGHT.page)
    if letters is not None:
        assert letters.height <= height
        assert letters.width == width


def test_letters_stand_in_the_middle() -> None:
    letters = lettering("OHO", 200, 40, LIGHT.ink, LIGHT.page)
    assert letters is not None
    columns = [x for y in range(letters.height) for x, pixel in enumerate(letters.row(y)) if pixel]
    assert abs((min(columns) + max(columns)) - 199) <= 4
    assert min(columns) > 0


def test_without_smoothness_there_is_one_colour() -> None:
    letters = lettering("OHO", 200, 40, LIGHT.ink, LIGHT.page, smooth=False)
    assert letters is not None
    assert {pixel for y in range(letters.height) for pixel in letters.row(y)} == {None, rgb(LIGHT.ink)}


def test_a_line_less_is_worth_somewhat_smaller_letters() -> None:
    letters = lettering(QUESTION, 760, 140, LIGHT.ink, LIGHT.page, smallest=26)
    assert letters is not None
    assert letters.height < 80, "one line, where two of letters a little larger would fit as well"


@pytest.mark.parametrize("text", ["今日はいかがでしたか", "Hyvä 👍", "როგორ მოგეწონათ", "Måʹtt lij ǥ"])
def test_a_text_with_a_letter_that_the_typeface_lacks_is_not_set(text: str) -> None:
    assert lettering(text, 2000, 200, LIGHT.ink, LIGHT.page) is None


async def test_a_question_that_cannot_be_set_stands_in_the_terminals_own_letters(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(text="今日はいかがでしたか"), size=(240, 67)) as kiosk:
        await kiosk.awake()
        assert kiosk.read("#question") == "今日はいかがでしたか"
