from __future__ import annotations

from math import comb
from random import Random

import pytest
from scipy import stats

from kiosk.results.intervals import mean_interval, net_share, student_t, wilson


@pytest.mark.parametrize("degrees", [*range(1, 70), 99, 365, 10_000, 1_000_000])
def test_students_t_agrees_with_scipy(degrees: int) -> None:
    assert student_t(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=1e-7)


def test_t_of_the_published_example_is_right() -> None:
    assert student_t(59) == pytest.approx(2.000995, abs=1e-6)


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (3, 7), (42, 50), (999, 1000)])
def test_wilson_agrees_with_scipy(hits: int, n: int) -> None:
    peer = stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert tuple(wilson(hits, n)) == pytest.approx((peer.low, peer.high), abs=1e-9)


def test_one_answer_says_little() -> None:
    low, high = mean_interval([0, 25, 50, 75, 100], [0, 0, 1, 0, 0])
    assert low < 15 and high > 85


def test_the_share_that_agrees_agrees_with_its_vector() -> None:
    assert [100 * bound for bound in wilson(48, 60)] == pytest.approx([68.2182, 88.1715], abs=1e-4)


@pytest.mark.parametrize("n", [10, 30, 100])
def test_wilson_holds_the_truth_nineteen_times_in_twenty(n: int) -> None:
    """Exactly, and not drawn: over the shares that shops have, for a single one the chance goes up and down."""
    truths = [share / 1000 for share in range(600, 950)]
    intervals = [wilson(hits, n) for hits in range(n + 1)]

    def held(truth: float) -> float:
        covering = (hits for hits, (low, high) in enumerate(intervals) if low <= truth <= high)
        return sum(comb(n, hits) * truth**hits * (1 - truth) ** (n - hits) for hits in covering)

    assert 0.945 <= sum(map(held, truths)) / len(truths) <= 0.96


@pytest.mark.parametrize("n", [10, 30, 100])
def test_the_interval_of_a_mean_holds_the_truth_nineteen_times_in_twenty(n: int) -> None:
    random = Random(n)
    steps, chances, runs = (0, 25, 50, 75, 100), (0.08, 0.12, 0.2, 0.35, 0.25), 2_000
    truth = sum(step * chance for step, chance in zip(steps, chances, strict=True))
    hits = 0
    for _ in range(runs):
        drawn = random.choices(steps, chances, k=n)
        low, high = mean_interval(steps, [drawn.count(step) for step in steps])
        hits += low <= truth <= high
    assert 0.935 <= hits / runs <= 0.965


@pytest.mark.parametrize("n", [10, 30, 100])
def test_the_net_interval_holds_the_truth_nineteen_times_in_twenty(n: int) -> None:
    random = Random(n)
    runs, hits = 2_000, 0
    for _ in range(runs):
        drawn = random.choices((-1, 0, 1), (0.2, 0.3, 0.5), k=n)
        low, high = net_share(drawn.count(-1), drawn.count(1), n)
        hits += low <= 0.3 <= high
    assert 0.93 <= hits / runs <= 0.97
