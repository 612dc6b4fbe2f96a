from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from kiosk.cli.columns import bar, fitted, sides, span
from kiosk.text import clean


@given(st.text().map(clean), st.integers(2, 40))
def test_a_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert wcswidth(fitted(text, width)) == width


def test_what_is_cut_says_so() -> None:
    assert fitted("Kampin lounaskahvila", 10) == "Kampin lo…"


def test_sides_leave_a_gap() -> None:
    assert sides("Miten asiointi sujui?", "kassa", 15) == "Miten as… kassa"


@pytest.mark.parametrize(("share", "drawn"), [(0, "    "), (0.001, "▏   "), (0.5, "██  "), (0.6, "██▍ "), (1, "████")])
def test_a_bar_is_as_long_as_its_share(share: float, drawn: str) -> None:
    assert bar(share, 4) == drawn


def test_a_span_marks_the_value_within_its_interval() -> None:
    assert span(0.25, 0.5, 1, 9) == "··━━●━━━━"
