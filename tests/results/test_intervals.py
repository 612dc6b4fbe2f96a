from __future__ import annotations

from collections.abc import Iterator
from math import comb, sqrt
from random import Random

import pytest
from scipy import stats

from kiosk.results.differences import Estimate, adjusted_net_share
from kiosk.results.intervals import Interval, mean, mean_interval, net_share, student_t, wilson


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
    low, high = mean_interval(50, [0, 25, 50, 75, 100], [0, 0, 1, 0, 0])
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
        counts = [drawn.count(step) for step in steps]
        low, high = mean_interval(mean(steps, counts), steps, counts)
        hits += low <= truth <= high
    assert 0.935 <= hits / runs <= 0.965


def of_all_samples(n: int) -> Iterator[tuple[int, int, float]]:
    """Give every sample of n answers as detractors and promoters, and how probable it is in a shop of 20/30/50."""
    for minus in range(n + 1):
        for plus in range(n - minus + 1):
            ways = comb(n, minus) * comb(n - minus, plus)
            yield minus, plus, ways * 0.2**minus * 0.5**plus * 0.3 ** (n - minus - plus)


def wald(minus: int, plus: int, n: int) -> Interval:
    net = (plus - minus) / n
    return Estimate(net, sqrt(((plus + minus) / n - net**2) / n)).interval


def adjusted(minus: int, plus: int, n: int) -> Interval:
    return adjusted_net_share(minus, plus, n).interval


@pytest.mark.parametrize(
    ("n", "of_wald", "of_adjusted", "of_score"),
    [(10, 0.897, 0.967, 0.951), (30, 0.935, 0.945, 0.950), (100, 0.946, 0.951, 0.952)],
)
def test_the_net_interval_keeps_its_promise_where_others_do_not(
    n: int, of_wald: float, of_adjusted: float, of_score: float
) -> None:
    """Exactly, over all samples; the published numbers were drawn 4,000 times, so they are right to about 0.01."""
    covered = dict.fromkeys((wald, adjusted, net_share), 0.0)
    for minus, plus, chance in of_all_samples(n):
        for method in covered:
            low, high = method(minus, plus, n)
            covered[method] += chance * (low <= 0.3 <= high)
    assert list(covered.values()) == pytest.approx([of_wald, of_adjusted, of_score], abs=0.01)
    assert 0.93 <= covered[net_share] <= 0.97
    assert abs(covered[net_share] - 0.95) < max(abs(covered[wald] - 0.95), 0.01)
