from __future__ import annotations

import pytest

from kiosk.results.sample import Sample, answers_needed, sample_of


@pytest.mark.parametrize(
    ("n", "sample"),
    [
        *[(0, Sample.COUNTS_ONLY), (9, Sample.COUNTS_ONLY), (10, Sample.FEW), (29, Sample.FEW)],
        *[(30, Sample.ENOUGH), (5000, Sample.ENOUGH)],
    ],
)
def test_ten_answers_make_a_figure_and_thirty_a_good_one(n: int, sample: Sample) -> None:
    assert sample_of(n, 10) is sample


def test_a_shop_may_ask_for_more_answers_than_thirty() -> None:
    assert [sample_of(n, 50) for n in (49, 50)] == [Sample.COUNTS_ONLY, Sample.ENOUGH]


@pytest.mark.parametrize(
    ("variance", "half_width", "n"),
    [
        *[(0.61, 0.05, 938), (0.61, 0.10, 235), (0.61, 0.15, 105), (0.61, 0.20, 59)],
        *[(1, 0.05, 1537), (1, 0.10, 385), (1, 0.15, 171), (1, 0.20, 97)],
    ],
)
def test_the_answers_needed_agree_with_their_vectors(variance: float, half_width: float, n: int) -> None:
    assert answers_needed(variance, half_width) == n
