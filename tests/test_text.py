"""Text from people, made safe."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from kiosk.text import clean

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words ", "two words"),
        ("one\ntwo\tthree\u2028four", "one two three four"),
        ("\x1b[31mred\x07\x9b2J\x00", "[31mred2J"),
        ("a\u202eb\u200bc\ufeff", "abc"),
        ("e\u0301", "é"),
        (FAMILY, FAMILY),
        ("\ue000\U000e0041", ""),
        ("", ""),
        ("[b]not markup[/b] {0} %s", "[b]not markup[/b] {0} %s"),
    ],
)
def test_what_is_kept_of_a_text(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_the_limit_counts_what_one_sees() -> None:
    assert clean(FAMILY * 5, 3) == FAMILY * 3
    assert clean("abc def", 4) == "abc"
    assert clean("abc", 0) == ""


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.text(), st.integers(0, 30))
def test_nothing_is_left_that_could_command_a_terminal(text: str, limit: int) -> None:
    kept = clean(text, limit)
    assert len(list(iter_graphemes(kept))) <= limit
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for letter in kept)
    assert not any(unicodedata.category(letter) == "Cf" and letter != "\u200d" for letter in kept)
    assert "  " not in kept
    assert kept == kept.strip()
