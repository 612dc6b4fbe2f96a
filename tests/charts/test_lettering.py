"""The typeface: what it can write, how wide that is, and where it breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.charts.lettering import balanced, broken, fitted, largest, width_of, writable


@pytest.mark.parametrize(
    "text", ["Ääkköset, ÅÄÖ šžõ", "Как прошёл визит?", "Ďakujem Ελληνικά", "95\u202f% −100", "č ŋ đ ŧ"]
)
def test_the_languages_of_the_kiosk_are_written_as_they_are(text: str) -> None:
    assert writable(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [("Hyvää 👍🏽!", "Hyvää □!"), ("שלום", "□□□□"), ("a\u2009b", "a b"), ("👨‍👩‍👧", "□"), ("ok\ufe0f", "ok")],
)
def test_a_sign_that_the_typeface_lacks_is_seen_to_be_missing(text: str, written: str) -> None:
    assert writable(text) == written


@given(st.text(max_size=60), st.floats(20, 300))
def test_a_fitted_text_fits(text: str, width: float) -> None:
    assert width_of(fitted(text, width, 9), 9) <= max(width, width_of("…", 9))


def test_a_text_that_fits_is_left_alone() -> None:
    assert fitted("Kassa 1", 200, 9) == "Kassa 1"


@given(st.text("ab ", max_size=200), st.integers(1, 4))
def test_lines_are_few_and_fit(text: str, lines: int) -> None:
    for breaking in (broken, balanced):
        set_lines = breaking(text, 60, 9, lines=lines)
        assert len(set_lines) <= lines
        assert all(width_of(line, 9) <= 60 for line in set_lines)


def test_a_headline_leaves_no_word_alone() -> None:
    text = "No clear change from the Friday before"
    width = width_of("No clear change from the Friday", 20)
    assert broken(text, width, 20) == ["No clear change from the Friday", "before"]
    assert balanced(text, width, 20) == ["No clear change from", "the Friday before"]


def test_the_largest_size_that_fits_is_taken() -> None:
    width = width_of("Kampin lounaskahvila", 26, "Bold")
    assert largest("Kampin lounaskahvila", width, (32, 29, 26, 23), "Bold") == 26
    assert largest("Kampin lounaskahvila", 1, (32, 29, 26, 23), "Bold") == 23
