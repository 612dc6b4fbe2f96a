"""The arithmetic behind the printed figures; what the machine takes is never asserted."""

from __future__ import annotations

import pytest

from tests.benchmarks.figures import Budget, Figure, median, percentile, table


def test_p99_of_200_values_leaves_out_the_two_slowest() -> None:
    assert percentile(range(1, 201), 0.99) == 198


def test_p99_of_few_values_is_the_slowest() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0


@pytest.mark.parametrize(("values", "middle"), [([5.0], 5.0), ([9.0, 1.0, 4.0], 4.0), ([4.0, 1.0, 3.0, 2.0], 2.0)])
def test_a_median_is_one_of_the_values(values: list[float], middle: float) -> None:
    assert median(values) == middle


@pytest.mark.parametrize(
    ("kiosk", "missed"), [(10.0, ()), (50.0, ()), (50.1, ("limit",)), (21.0, ("ratio",)), (60.0, ("limit", "ratio"))]
)
def test_a_budget_has_a_limit_and_a_ratio(kiosk: float, missed: tuple[str, ...]) -> None:
    browser = 100.0 if "ratio" in missed else 1000.0
    assert Figure("tap", "ms", kiosk, browser, Budget(limit=50, ratio=0.2)).missed == missed


def test_a_browser_that_takes_nothing_has_no_ratio() -> None:
    assert Figure("at rest", "%", 0.2, 0.0).ratio is None


def test_the_table_says_what_is_missed() -> None:
    lines = table([Figure("tap", "ms", 60.0, 100.0, Budget(limit=50, ratio=0.2)), Figure("start", "s", 0.5, 2.0)])
    assert lines[1].split() == [
        "tap",
        "60",
        "ms",
        "100",
        "ms",
        "0.60",
        "≤",
        "50",
        "ms,",
        "≤",
        "0.20",
        "missed:",
        "limit,",
        "ratio",
    ]
    assert lines[2].split() == ["start", "0.50", "s", "2.00", "s", "0.25"]


def test_what_no_browser_has_stands_alone() -> None:
    line = table([Figure("sent to the terminal per visit, sixels", "kB", 201.2, None)])[1]
    assert line.split()[-4:] == ["201", "kB", "-", "-"]


def test_a_budget_may_be_a_limit_or_a_ratio_alone_and_the_rival_another() -> None:
    lines = table(
        [Figure("CSV", "s", 3.0, 2.0, Budget(ratio=2)), Figure("day", "ms", 9.0, 5.0, Budget(limit=100))], "sqlite3"
    )
    assert lines[0].split() == ["kiosk", "sqlite3", "ratio", "budget"]
    assert lines[1].split()[-3:] == ["≤", "2.00", "met"]
    assert lines[2].split()[-4:] == ["≤", "100", "ms", "met"]
