from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.results.rounding import percentages, rounded


@pytest.mark.parametrize(("exact", "shown"), [(12.5, "13"), (-12.5, "-13"), (13.5, "14"), (0.5, "1"), (-0.5, "-1")])
def test_halves_go_away_from_zero(exact: float, shown: str) -> None:
    assert str(rounded(exact)) == shown


def test_decimals_are_kept_as_asked() -> None:
    assert [str(rounded(81.25, 1)), str(rounded(5.5, 2)), str(rounded(1.005, 2))] == ["81.3", "5.50", "1.01"]


def test_nothing_is_never_minus_nothing() -> None:
    assert str(rounded(-0.2)) == "0"


def test_thirds_add_up_to_a_hundred() -> None:
    assert percentages([1, 1, 1]) == (34, 33, 33)


def test_nothing_shared_is_nothing_each() -> None:
    assert percentages([0, 0]) == (0, 0)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any))
def test_percentages_add_up_and_are_never_off_by_one(counts: list[int]) -> None:
    shares = percentages(counts)
    assert sum(shares) == 100
    assert all(abs(share - 100 * count / sum(counts)) < 1 for share, count in zip(shares, counts, strict=True))
