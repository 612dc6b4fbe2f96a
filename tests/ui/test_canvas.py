"""Cells to draw on: what lies outside is left out, and every row is exactly as wide as the canvas."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from kiosk.text import clean
from kiosk.ui.canvas import LOWER_HALF, Canvas, wrap, wrap_evenly
from kiosk.ui.picture import Picture
from kiosk.ui.widgets.paragraph import excerpt

WHITE, BLACK, RED = "#ffffff", "#000000", "#ff0000"

texts = st.text(max_size=40).map(clean)


def rows(canvas: Canvas) -> list[str]:
    return ["".join(segment.text for segment in canvas.strip(y)) for y in range(canvas.height)]


def test_a_new_canvas_is_blank() -> None:
    canvas = Canvas(3, 2, WHITE)
    assert rows(canvas) == ["   ", "   "]
    (segment,) = canvas.strip(0)
    assert segment.style is not None
    assert segment.style.bgcolor is not None
    assert segment.style.bgcolor.triplet is not None
    assert segment.style.bgcolor.triplet.hex == WHITE


def test_text_keeps_the_ground_that_it_is_written_on() -> None:
    canvas = Canvas(4, 1, WHITE)
    canvas.fill(1, 0, 2, 1, RED)
    canvas.write(0, 0, "abcd", BLACK)
    assert [segment.text for segment in canvas.strip(0)] == ["a", "bc", "d"]


def test_where_bold_letters_change_their_colour_none_are_bold() -> None:
    for has_bold in (True, False):
        canvas = Canvas(4, 1, WHITE, has_bold=has_bold)
        canvas.write(0, 0, "abcd", BLACK, bold=True)
        (segment,) = canvas.strip(0)
        assert segment.style is not None
        assert segment.style.bold is has_bold


def test_what_does_not_fit_is_left_out() -> None:
    canvas = Canvas(5, 1, WHITE)
    canvas.write(3, 0, "漢字", BLACK)
    canvas.write(0, 5, "below", BLACK)
    canvas.write(0, -1, "above", BLACK)
    canvas.fill(-5, -5, 3, 3, RED)
    canvas.picture(4, 0, Picture(2, 2, (None, (1, 2, 3)), b"\0\1\1\1"))
    assert rows(canvas)[0].startswith("   漢"[:4])
    assert canvas.strip(0).cell_length == 5


def test_of_a_text_that_begins_outside_the_rest_is_written() -> None:
    canvas = Canvas(5, 1, WHITE)
    canvas.write(-2, 0, "abcdefghij", BLACK)
    assert rows(canvas) == ["cdefg"]


def test_half_a_wide_character_is_not_written() -> None:
    canvas = Canvas(5, 1, WHITE)
    canvas.write(-1, 0, "漢字漢", BLACK)
    assert rows(canvas) == [" 字漢"]


def test_a_text_that_is_too_long_to_be_centred_is_cut_at_both_ends() -> None:
    canvas = Canvas(5, 1, WHITE)
    canvas.write_centred(0, 0, 5, "abcdefg", BLACK)
    assert rows(canvas) == ["bcdef"]


def test_text_is_centred() -> None:
    canvas = Canvas(9, 1, WHITE)
    canvas.write_centred(0, 0, 9, "abc", BLACK)
    assert rows(canvas) == ["   abc   "]


def test_two_pixels_share_a_cell() -> None:
    canvas = Canvas(2, 1, WHITE)
    canvas.picture(0, 0, Picture(2, 2, ((0, 0, 0), (9, 9, 9), (255, 0, 0)), b"\0\1\2\1"))
    mixed, plain = canvas.strip(0)
    assert (mixed.text, plain.text) == (LOWER_HALF, " ")
    assert mixed.style is not None
    assert mixed.style.color is not None
    assert mixed.style.color.triplet == (255, 0, 0)


def test_a_picture_lets_the_ground_through() -> None:
    canvas = Canvas(1, 1, WHITE)
    canvas.picture(0, 0, Picture(1, 2, (None, (0, 0, 0)), b"\0\1"))
    (cell,) = canvas.strip(0)
    assert cell.style is not None
    assert cell.style.bgcolor is not None
    assert cell.style.bgcolor.triplet == (255, 255, 255)


@given(texts, st.integers(-5, 30), st.integers(0, 30))
def test_a_row_is_as_wide_as_the_canvas_whatever_is_written(text: str, x: int, width: int) -> None:
    canvas = Canvas(width, 1, WHITE)
    canvas.write(x, 0, text, BLACK)
    canvas.write_centred(0, 0, width, text, RED)
    assert canvas.strip(0).cell_length == width
    assert max(wcswidth(rows(canvas)[0]), 0) <= width


@given(texts, st.integers(1, 30))
def test_lines_are_no_wider_than_they_may_be_and_lose_nothing(text: str, width: int) -> None:
    for lines in (wrap(text, width), wrap_evenly(text, width)):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(wcswidth(line) <= max(width, 2) for line in lines)
    assert len(wrap_evenly(text, width)) == len(wrap(text, width))


def test_lines_are_broken_between_words() -> None:
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]
    assert wrap("", 5) == []


def test_even_lines_are_of_like_length() -> None:
    assert wrap("How was your visit today then", 26) == ["How was your visit today", "then"]
    assert wrap_evenly("How was your visit today then", 26) == ["How was your", "visit today then"]


def test_an_excerpt_ends_in_an_ellipsis_only_where_words_are_missing() -> None:
    assert excerpt("one two", 10, 2) == ["one two"]
    assert excerpt("one two three", 8, 2) == ["one two", "three"]
    assert excerpt("one two three four five", 9, 2) == ["one two", "three…"]
    assert excerpt("abcdefghij", 4, 2) == ["abcd", "efg…"]
    assert excerpt("one two", 3, 0) == []


@given(texts, st.integers(2, 30), st.integers(0, 4))
def test_an_excerpt_fits_its_room(text: str, width: int, height: int) -> None:
    lines = excerpt(text, width, height)
    assert len(lines) <= height
    assert all(wcswidth(line) <= width + 1 for line in lines)
