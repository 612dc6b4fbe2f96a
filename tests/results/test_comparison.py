"""What may be said of a difference: worked examples, other people's code, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kiosk.results.comparison import Comparison, Standing, Verdict, compare, standing
from kiosk.results.differences import Estimate, adjusted_net_share, change
from kiosk.results.metrics import FIGURES
from kiosk.results.question import QuestionFigures, question_figures, values_of
from kiosk.results.sample import Sample
from kiosk.results.tally import Counts, Scale

Groups = tuple[int, int, int]
"""Detractors, passives, promoters."""

POINTS = {"smiley": 5, "nps": 11, "ces": 7, "csat": 5, "success": 3}


def figures(kind: str, counts: Sequence[int], small_sample: int = 10) -> QuestionFigures:
    scale = Scale("visit", kind, len(counts))
    given = Counts("kassa", n=sum(counts))
    given.values.update({str(value): count for value, count in zip(values_of(scale), counts, strict=True)})
    return question_figures(scale, given, (), small_sample)


def net(detractors: int, passives: int, promoters: int) -> QuestionFigures:
    return figures("nps", [detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters])


def share(hits: int, n: int) -> QuestionFigures:
    return figures("csat", [n - hits, 0, 0, 0, hits])


def wald(detractors: int, passives: int, promoters: int) -> Estimate:
    n = detractors + passives + promoters
    value = (promoters - detractors) / n
    return Estimate(value, sqrt(((promoters + detractors) / n - value**2) / n))


def compared(before: QuestionFigures, now: QuestionFigures) -> Comparison:
    comparison = compare(before, now)
    assert comparison is not None
    return comparison


@pytest.mark.parametrize(
    ("groups", "centre", "error", "low", "high"),
    [
        ((20, 30, 50), 29.1262, 7.6915, 14.0511, 44.2013),
        ((2, 3, 5), None, None, -19.0506, 65.2045),
        ((7, 11, 12), None, None, -11.2382, 41.5412),
        ((0, 0, 10), None, None, 47.5036, 106.3426),
        ((10, 0, 0), None, None, -106.3426, -47.5036),
        ((0, 10, 0), 0, None, -18.4650, 18.4650),
        ((5, 0, 5), 0, None, -51.1274, 51.1274),
        ((150, 250, 600), None, None, 40.2843, 49.4465),
        ((1, 0, 0), None, None, -98.4986, 48.4986),
    ],
)
def test_the_adjusted_net_share_agrees_with_its_vectors(
    groups: Groups, centre: float | None, error: float | None, low: float | None, high: float | None
) -> None:
    estimate = adjusted_net_share(groups[0], groups[2], sum(groups))
    told = (estimate.value, estimate.error, *estimate.interval)
    for number, expected in zip(told, (centre, error, low, high), strict=True):
        assert expected is None or 100 * number == pytest.approx(expected, abs=1e-4)


class Vector(NamedTuple):
    """A worked example of a change: all but `z` and `p` in points of 100."""

    difference: float
    error: float
    z: float
    p: float
    low: float
    high: float

    def agrees_with(self, changed: Estimate) -> None:
        z = changed.value / changed.error
        assert (100 * changed.value, 100 * changed.error) == pytest.approx((self.difference, self.error), abs=1e-4)
        assert z == pytest.approx(self.z, abs=1e-4)
        assert 2 * stats.norm.sf(abs(z)) == pytest.approx(self.p, abs=1e-6)
        assert [100 * bound for bound in changed.interval] == pytest.approx([self.low, self.high], abs=1e-4)


@pytest.mark.parametrize(
    ("before", "now", "vector"),
    [
        ((20, 30, 50), (30, 30, 60), Vector(-4.7360, 10.7146, -0.4420, 0.658481, -25.7362, 16.2643)),
        ((40, 30, 30), (20, 30, 50), Vector(38.8350, 11.2089, 3.4646, 0.000531, 16.8659, 60.8040)),
    ],
)
def test_a_change_of_net_promoters_agrees_with_its_vectors(before: Groups, now: Groups, vector: Vector) -> None:
    vector.agrees_with(change(*(adjusted_net_share(groups[0], groups[2], sum(groups)) for groups in (before, now))))
    told = compared(net(*before), net(*now))
    assert (told.low, told.high) == pytest.approx((vector.low, vector.high), abs=1e-4)


@pytest.mark.parametrize(
    ("before", "now", "vector"),
    [
        ((20, 30, 50), (30, 30, 60), Vector(-5.0, 10.8762, -0.4597, 0.645718, -26.3170, 16.3170)),
        ((40, 30, 30), (20, 30, 50), Vector(40.0, 11.4018, 3.5082, 0.000451, 17.6530, 62.3470)),
    ],
)
def test_a_change_told_leans_less_far_than_one_from_unadjusted_counts(
    before: Groups, now: Groups, vector: Vector
) -> None:
    """Wald's estimate is never shown, for its error is zero where all agree; elsewhere the two are near."""
    vector.agrees_with(change(*(wald(*groups) for groups in (before, now))))
    told = compared(net(*before), net(*now))
    assert told.low is not None and told.high is not None
    assert abs(told.low + told.high) < abs(vector.low + vector.high)
    assert told.low == pytest.approx(vector.low, abs=2) and told.high == pytest.approx(vector.high, abs=2)


def test_the_difference_shown_is_that_of_the_figures_shown() -> None:
    assert compared(net(20, 30, 50), net(30, 30, 60)).difference == pytest.approx(-5)
    assert compared(net(40, 30, 30), net(20, 30, 50)).difference == pytest.approx(40)


def test_a_change_of_shares_agrees_with_newcombes_hybrid_score() -> None:
    comparison = compared(share(42, 50), share(33, 50))
    told = (comparison.difference, comparison.low, comparison.high)
    assert told == pytest.approx((-18.0, -33.8250, -0.9615), abs=1e-4)
    assert comparison.verdict is Verdict.WORSE


def test_a_clear_change_of_shares_is_clear_to_the_pooled_test_too() -> None:
    hits, n = (42, 33), 50
    pooled = sum(hits) / (2 * n)
    z = (hits[1] - hits[0]) / n / sqrt(pooled * (1 - pooled) * 2 / n)
    p = 2 * stats.norm.sf(abs(z))
    assert z == pytest.approx(-2.0785, abs=1e-4)
    assert p == pytest.approx(0.037667, abs=1e-6)
    assert (compared(share(42, 50), share(33, 50)).verdict is not Verdict.NO_CLEAR_CHANGE) == (p < 0.05)


@pytest.mark.parametrize("kind", ["smiley", "ces"])
def test_a_change_of_means_is_close_to_welch(kind: str) -> None:
    random = Random(3)
    steps = range(POINTS[kind])
    before, now = [random.choices(steps, range(1, len(steps) + 1), k=n) for n in (80, 120)]
    comparison = compared(*(figures(kind, [given.count(step) for step in steps]) for given in (before, now)))
    worth = 25 if kind == "smiley" else 1
    peer = stats.ttest_ind(now, before, equal_var=False).confidence_interval()
    assert comparison.low == pytest.approx(worth * peer.low, rel=0.05)
    assert comparison.high == pytest.approx(worth * peer.high, rel=0.05)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (share(50, 100), share(75, 100), Verdict.BETTER),
        (share(75, 100), share(50, 100), Verdict.WORSE),
        (share(70, 100), share(75, 100), Verdict.NO_CLEAR_CHANGE),
        (share(0, 29), share(100, 100), Verdict.NO_CLEAR_CHANGE),  # few answers: never clear
        (share(0, 30), share(100, 100), Verdict.BETTER),
        (share(0, 100), share(9, 9), Verdict.TOO_FEW),
        (share(9, 9), share(0, 100), Verdict.TOO_FEW),
        (share(0, 0), share(0, 100), Verdict.TOO_FEW),
    ],
)
def test_the_verdict_goes_by_the_interval_and_by_the_smaller_sample(
    before: QuestionFigures, now: QuestionFigures, verdict: Verdict
) -> None:
    assert compared(before, now).verdict is verdict


def test_without_an_answer_there_is_no_difference() -> None:
    comparison = compared(share(0, 0), share(0, 100))
    assert (comparison.difference, comparison.low, comparison.high) == (None, None, None)


def test_only_like_is_compared_with_like() -> None:
    choice = question_figures(Scale("why", "choice", None), Counts(n=40), ("queue",), 10)
    assert compare(choice, choice) is None
    assert compare(figures("smiley", [10] * 3), figures("smiley", [10] * 5)) is None
    assert compare(share(42, 50), net(10, 10, 10)) is None


def test_unanimity_in_both_periods_is_a_difference_with_an_interval() -> None:
    comparison = compared(net(0, 0, 40), net(40, 0, 0))
    assert (comparison.difference, comparison.low, comparison.verdict) == (-200, -200, Verdict.WORSE)
    assert comparison.high is not None and -200 < comparison.high < 0


def test_json_is_rounded_last() -> None:
    told = compared(share(42, 50), share(33, 50)).as_json()
    assert told == {
        "metric": "csat",
        "n_before": 50,
        "n": 50,
        "difference": -18.0,
        "low": -33.8,
        "high": -1.0,
        "verdict": "worse",
    }


@pytest.mark.parametrize(("mark", "place"), [(71, Standing.ABOVE), (80, Standing.NOT_CLEAR), (92, Standing.BELOW)])
def test_a_figure_is_beside_a_goal_when_its_interval_does_not_hold_it(mark: float, place: Standing) -> None:
    assert standing(share(42, 50), mark) is place  # 71.5 to 91.7
    assert standing(share(9, 9), mark) is Standing.TOO_FEW


@st.composite
def two_periods(draw: st.DrawFn) -> tuple[QuestionFigures, QuestionFigures]:
    kind = draw(st.sampled_from(sorted(FIGURES)))
    counts = st.lists(st.integers(0, 500), min_size=POINTS[kind], max_size=POINTS[kind]).filter(any)
    return figures(kind, draw(counts)), figures(kind, draw(counts))


@given(two_periods())
def test_turning_time_round_turns_the_difference_round(periods: tuple[QuestionFigures, QuestionFigures]) -> None:
    there, back = compared(*periods), compared(*reversed(periods))
    assert there.difference is not None and there.low is not None and there.high is not None
    assert (back.difference, back.low, back.high) == pytest.approx(
        (-there.difference, -there.high, -there.low), abs=1e-6
    )
    assert there.low <= there.difference <= there.high
    opposite = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
    if abs(there.low) > 1e-6 and abs(there.high) > 1e-6:
        assert back.verdict is opposite.get(there.verdict, there.verdict)


@given(two_periods())
def test_nothing_is_clear_between_a_period_and_itself(periods: tuple[QuestionFigures, QuestionFigures]) -> None:
    assert compared(periods[0], periods[0]).verdict in (Verdict.NO_CLEAR_CHANGE, Verdict.TOO_FEW)


@pytest.mark.parametrize("n", [30, 100])
@pytest.mark.parametrize(
    ("kind", "weights"),
    [
        ("nps", (2, 0, 0, 0, 0, 0, 0, 3, 0, 0, 5)),
        ("csat", (1, 1, 1, 3, 4)),
        ("smiley", (1, 1, 2, 4, 7)),
        ("ces", (1, 1, 1, 2, 3, 4, 4)),
    ],
)
def test_no_change_is_called_clear_one_time_in_twenty(kind: str, weights: tuple[int, ...], n: int) -> None:
    random = Random(n)
    steps, runs = range(len(weights)), 1_000

    def period() -> QuestionFigures:
        drawn = random.choices(steps, weights, k=n)
        return figures(kind, [drawn.count(step) for step in steps])

    alarms = sum(compared(period(), period()).verdict is not Verdict.NO_CLEAR_CHANGE for _ in range(runs))
    chance = 0.05
    assert alarms / runs == pytest.approx(chance, abs=3 * sqrt(chance * (1 - chance) / runs))


@pytest.mark.parametrize("kind", ["csat", "smiley"])
def test_a_change_that_is_there_is_nearly_always_found_among_many_answers(kind: str) -> None:
    random = Random(7)

    def period(weights: tuple[int, ...]) -> QuestionFigures:
        drawn = random.choices(range(5), weights, k=400)
        return figures(kind, [drawn.count(step) for step in range(5)])

    worse, better = (2, 2, 2, 3, 4), (1, 1, 1, 3, 7)
    found = sum(compared(period(worse), period(better)).verdict is Verdict.BETTER for _ in range(200))
    assert found >= 190


def test_the_smaller_sample_decides() -> None:
    assert compared(share(10, 20), share(300, 400)).sample is Sample.FEW
    assert compared(share(300, 400), share(1, 2)).sample is Sample.COUNTS_ONLY
