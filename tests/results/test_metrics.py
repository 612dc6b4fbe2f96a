"""Every figure against vectors that were worked out apart from this code, and against what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, pstdev, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.results.intervals import Z, mean, student_t
from kiosk.results.metrics import FIGURES, Figure, ces, csat, nps, smiley_index, success

STEPS = {"smiley": 5, "nps": 11, "ces": 7, "csat": 5, "success": 3}
BOUNDS = {"smiley": (0, 100), "nps": (-100, 100), "ces": (1, 7), "csat": (0, 100), "success": (0, 100)}


def close(*numbers: float) -> object:
    return pytest.approx(numbers, abs=1e-4)


def shown(figure: Figure) -> tuple[float | None, float | None, float | None]:
    return figure.value, figure.low, figure.high


def of_groups(detractors: int, passives: int, promoters: int) -> list[int]:
    return [0, 0, 0, detractors, 0, 0, 0, passives, 0, 0, promoters]


def spread_of(figure: Figure) -> tuple[float, float]:
    """Give the sample's standard deviation and the standard error that a t interval was made of."""
    assert figure.value is not None and figure.low is not None
    error = (figure.value - figure.low) / student_t(figure.n - 1)
    return error * sqrt(figure.n), error


@pytest.mark.parametrize(
    ("groups", "value", "low", "high"),
    [
        ((20, 30, 50), 30.0, 13.9551, 44.3393),
        ((2, 3, 5), 30.0, -21.6592, 67.5278),
        ((7, 11, 12), 16.6667, -11.9095, 42.4058),
        ((0, 0, 10), 100, 44.4934, 100),
        ((10, 0, 0), -100, -100, -44.4934),
        ((0, 10, 0), 0, -27.7533, 27.7533),
        ((5, 0, 5), 0, -52.6814, 52.6814),
        ((150, 250, 600), 45.0, 40.2828, 49.4509),
        ((1, 0, 0), -100, -100, 58.6901),
    ],
)
def test_nps_agrees_with_the_published_score_interval(
    groups: tuple[int, int, int], value: float, low: float, high: float
) -> None:
    assert shown(nps(of_groups(*groups))) == close(value, low, high)


@pytest.mark.parametrize(
    ("groups", "variance", "error", "low", "high"),
    [
        ((20, 30, 50), 0.6100, 7.8102, 14.6922, 45.3078),
        ((2, 3, 5), 0.6100, 24.6982, -18.4075, 78.4075),
        ((7, 11, 12), 0.6056, 14.2075, -11.1794, 44.5128),
        ((0, 0, 10), 0, 0, 100, 100),
        ((10, 0, 0), 0, 0, -100, -100),
        ((0, 10, 0), 0, 0, 0, 0),
        ((5, 0, 5), 1.0000, 31.6228, -61.9795, 61.9795),
        ((150, 250, 600), 0.5475, 2.3399, 40.4139, 49.5861),
    ],
)
def test_the_interval_of_nps_is_never_walds(
    groups: tuple[int, int, int], variance: float, error: float, low: float, high: float
) -> None:
    """Wald's, the textbook's, has no width where all agree, and leaves the scale; only among many are the two near."""
    scores = [-1] * groups[0] + [0] * groups[1] + [1] * groups[2]
    n, value = len(scores), fmean(scores)
    assert pvariance(scores) == pytest.approx(variance, abs=1e-4)
    assert 100 * pstdev(scores) / sqrt(n) == pytest.approx(error, abs=1e-4)
    wald = [100 * (value + side * Z * pstdev(scores) / sqrt(n)) for side in (-1, 1)]
    assert wald == pytest.approx([low, high], abs=1e-4)
    figure = nps(of_groups(*groups))
    assert figure.low is not None and figure.high is not None
    assert -100 <= figure.low < figure.high <= 100
    assert max(abs(figure.low - low), abs(figure.high - high)) > (0.1 if n == 1000 else 0.7)


def test_nps_counts_six_as_detractor_eight_as_passive_and_nine_as_promoter() -> None:
    assert [nps([int(score == tapped) for score in range(11)]).value for tapped in (0, 6, 7, 8, 9, 10)] == [
        *(-100, -100, 0, 0, 100, 100)
    ]


@pytest.mark.parametrize(
    ("hits", "n", "value", "low", "high"),
    [
        (42, 50, 84.0, 71.4858, 91.6626),
        (421, 500, 84.2, 80.7438, 87.1347),
        (9, 12, 75.0, 46.7695, 91.1058),
        (0, 10, 0, 0, 27.7533),
        (10, 10, 100, 72.2467, 100),
        (1, 1, 100, 20.6549, 100),
    ],
)
def test_shares_agree_with_wilson(hits: int, n: int, value: float, low: float, high: float) -> None:
    assert shown(csat([0, 0, n - hits, 0, hits])) == close(value, low, high)
    assert shown(success([0, n - hits, hits])) == close(value, low, high)


def test_csat_counts_the_top_two_boxes() -> None:
    assert [csat([int(box == tapped) for box in range(1, 6)]).value for tapped in range(1, 6)] == [0, 0, 0, 100, 100]


def test_ces_agrees_with_students_t() -> None:
    assert shown(ces([1, 2, 3, 6, 12, 20, 16])) == close(5.5, 5.1301, 5.8699)


def test_ces_has_the_parts_of_its_vector() -> None:
    counts = [1, 2, 3, 6, 12, 20, 16]
    deviation, error = spread_of(ces(counts))
    assert (deviation, error) == close(1.4321, 0.1849)
    assert smiley_index(counts).value == pytest.approx(75.0)  # (mean - 1) / 6 * 100: equal steps from 0 to 100
    assert 100 * mean([-1, -1, -1, 0, 1, 1, 1], counts) == pytest.approx(70.0)


@pytest.mark.parametrize(
    ("counts", "deviation", "error", "low", "high"),
    [
        ([4, 6, 20, 70], 26.0880, 2.6088, 80.2202, 90.4465),
        ([5, 5, 10, 30, 50], 27.8377, 2.7838, 73.2939, 84.2061),
        ([10, 30, 60], 33.7100, 3.3710, 68.3930, 81.6070),
    ],
)
def test_the_smiley_index_is_told_a_little_less_surely_than_the_normal_curve_would(
    counts: list[int], deviation: float, error: float, low: float, high: float
) -> None:
    """Of the same deviation, Student's t makes the wider interval."""
    index = smiley_index(counts)
    assert spread_of(index) == close(deviation, error)
    assert index.value is not None and index.low is not None and index.high is not None
    assert (index.value - Z * error, index.value + Z * error) == pytest.approx((low, high), abs=2e-4)
    assert index.low < low and high < index.high


def test_four_of_five_faces_are_the_two_best() -> None:
    assert csat([5, 5, 10, 30, 50]).value == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"),
    [
        ([4, 6, 20, 70], 85.3333, 80.1569, 90.5098),
        ([5, 5, 10, 30, 50], 78.75, 73.2264, 84.2736),
        ([10, 30, 60], 75.0, 68.3112, 81.6888),
    ],
)
def test_the_smiley_index_has_equal_steps(counts: list[int], value: float, low: float, high: float) -> None:
    assert shown(smiley_index(counts)) == close(value, low, high)


@pytest.mark.parametrize("kind", FIGURES)
def test_without_an_answer_there_is_no_figure(kind: str) -> None:
    figure = FIGURES[kind]([0] * STEPS[kind])
    assert (figure.n, *shown(figure)) == (0, None, None, None)


@pytest.mark.parametrize("kind", FIGURES)
def test_agreement_of_all_is_not_certainty(kind: str) -> None:
    few, many = (FIGURES[kind]([0] * (STEPS[kind] - 1) + [n]) for n in (10, 1000))
    assert few.low is not None and many.low is not None and many.high is not None
    assert few.low < many.low < many.high


@st.composite
def kind_and_counts(draw: st.DrawFn) -> tuple[str, Sequence[int]]:
    kind = draw(st.sampled_from(sorted(FIGURES)))
    counts = draw(st.lists(st.integers(0, 2_000), min_size=STEPS[kind], max_size=STEPS[kind]).filter(any))
    return kind, counts


@given(kind_and_counts())
def test_the_interval_holds_the_figure_and_stays_on_the_scale(case: tuple[str, Sequence[int]]) -> None:
    kind, counts = case
    value, low, high = shown(FIGURES[kind](counts))
    lowest, highest = BOUNDS[kind]
    assert value is not None and low is not None and high is not None
    assert lowest - 1e-9 <= low <= value + 1e-9
    assert value - 1e-9 <= high <= highest + 1e-9


@given(kind_and_counts())
def test_more_answers_of_the_same_sort_keep_the_figure_and_narrow_the_interval(case: tuple[str, Sequence[int]]) -> None:
    kind, counts = case
    once, tenfold = FIGURES[kind](counts), FIGURES[kind]([10 * count for count in counts])
    assert tenfold.value == pytest.approx(once.value)
    assert once.high is not None and once.low is not None and tenfold.high is not None and tenfold.low is not None
    assert tenfold.high - tenfold.low < once.high - once.low


@given(kind_and_counts().filter(lambda case: case[0] in ("nps", "smiley", "ces")))
def test_turning_the_answers_round_mirrors_figure_and_interval(case: tuple[str, Sequence[int]]) -> None:
    kind, counts = case
    if kind == "nps":
        counts = of_groups(sum(counts[:7]), sum(counts[7:9]), sum(counts[9:]))
        turned = of_groups(counts[10], counts[7], counts[3])
    else:
        turned = list(reversed(counts))
    value, low, high = shown(FIGURES[kind](counts))
    mirrored = shown(FIGURES[kind](turned))
    centre = sum(BOUNDS[kind])
    assert value is not None and low is not None and high is not None
    assert mirrored == pytest.approx((centre - value, centre - high, centre - low), abs=1e-6)
