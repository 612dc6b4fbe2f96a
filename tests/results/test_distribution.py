from __future__ import annotations

import pytest
from scipy import stats

from kiosk.results.distribution import distribution, ranked_reasons
from kiosk.results.question import question_figures
from kiosk.results.tally import Counts, Scale

WHY = Scale("why", "choice", None)


def reasons(n: int, **given: int) -> Counts:
    counts = Counts("kassa", n=n)
    counts.values.update(given)
    return counts


def test_a_distribution_goes_up_the_scale_and_adds_up_to_a_hundred() -> None:
    counts = Counts(n=3)
    counts.values.update({"1": 1, "3": 1, "5": 1})
    spread = distribution(question_figures(Scale("visit", "smiley", 5), counts, (), 10))
    assert [(step.value, step.count, step.percent) for step in spread.steps] == [
        *[("1", 1, 34), ("2", 0, 0), ("3", 1, 33), ("4", 0, 0), ("5", 1, 33)]
    ]
    assert spread.n == 3


def test_without_answers_every_step_is_there_with_nothing() -> None:
    spread = distribution(question_figures(Scale("visit", "success", 3), Counts(), (), 10))
    assert [(step.value, step.percent) for step in spread.steps] == [("0", 0), ("1", 0), ("2", 0)]


def test_choices_are_reasons_and_no_distribution() -> None:
    assert distribution(question_figures(WHY, reasons(1, queue=1), ("queue",), 10)).steps == ()


def test_reasons_are_ranked_and_shared_among_those_who_answered() -> None:
    offered = ("queue", "price", "taste", "noise")
    told = ranked_reasons(question_figures(WHY, reasons(40, price=30, noise=20, taste=20), offered, 10))
    assert [(reason.choice, reason.count, reason.share) for reason in told] == [
        *[("price", 30, 75), ("taste", 20, 50), ("noise", 20, 50), ("queue", 0, 0)]
    ]
    peer = stats.binomtest(30, 40).proportion_ci(method="wilson")
    assert (told[0].low, told[0].high) == pytest.approx((100 * peer.low, 100 * peer.high))


def test_of_reasons_that_nobody_gave_nothing_is_known() -> None:
    (told,) = ranked_reasons(question_figures(WHY, Counts(), ("queue",), 10))
    assert (told.share, told.low, told.high) == (0, 0, 100)


def test_a_scale_has_no_reasons() -> None:
    assert ranked_reasons(question_figures(Scale("visit", "csat", 5), Counts(n=1), (), 10)) == ()
