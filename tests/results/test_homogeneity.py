from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kiosk.results.homogeneity import chance_of, homogeneity


def test_the_published_example_is_right() -> None:
    tested = homogeneity([(30, 20, 50), (20, 20, 60)])
    assert tested is not None
    assert tested.chi_square == pytest.approx(2.9091, abs=1e-4)
    assert tested.p == pytest.approx(0.233506, abs=1e-6)
    assert (tested.degrees, tested.reliable, tested.differs) == (2, True, False)


@pytest.mark.parametrize("degrees", [*range(1, 25), 100, 999])
@pytest.mark.parametrize("ratio", [0, 0.1, 1, 1.5, 4])
def test_the_chance_agrees_with_scipy(degrees: int, ratio: float) -> None:
    assert chance_of(degrees * ratio, degrees) == pytest.approx(stats.chi2.sf(degrees * ratio, degrees), rel=1e-9)


@given(st.lists(st.lists(st.integers(1, 300), min_size=5, max_size=5), min_size=2, max_size=6))
def test_the_test_agrees_with_scipy(groups: list[list[int]]) -> None:
    tested, peer = homogeneity(groups), stats.chi2_contingency(groups, correction=False)
    assert tested is not None
    assert tested.degrees == peer.dof
    assert tested.chi_square == pytest.approx(peer.statistic, abs=1e-9)
    assert tested.p == pytest.approx(peer.pvalue, abs=1e-9)
    assert tested.reliable == (peer.expected_freq.min() >= 5)


def test_groups_far_apart_differ_and_small_ones_say_nothing() -> None:
    far, small = homogeneity([(90, 10), (10, 90)]), homogeneity([(9, 1), (1, 9)])
    small_and_rare = homogeneity([(9, 0), (0, 9)])
    assert far and small and small_and_rare
    assert far.differs and far.p < 1e-9
    assert small.differs and small.reliable  # five expected on each step
    assert (small_and_rare.reliable, small_and_rare.differs) == (False, False)


@pytest.mark.parametrize("groups", [[], [(3, 4)], [(3, 4), (0, 0)], [(0, 4), (0, 9)]])
def test_one_group_or_one_step_is_nothing_to_compare(groups: list[tuple[int, int]]) -> None:
    assert homogeneity(groups) is None


def test_what_nobody_gave_is_left_out() -> None:
    assert homogeneity([(30, 0, 20, 50), (20, 0, 20, 60), (0, 0, 0, 0)]) == homogeneity([(30, 20, 50), (20, 20, 60)])
