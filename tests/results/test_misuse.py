"""The rules by which answers are doubtful, against worked examples and scipy."""

from __future__ import annotations

import pytest
from scipy import stats

from kiosk.config.hours import OpeningHours
from kiosk.results.misuse import burst_size, expected_runs, is_closed, is_hammering, streak_length

HOURS = OpeningHours.model_validate({"mon-fri": "08:00-18:00", "sat": "20:00-24:00"})
MONDAY, SATURDAY, SUNDAY = 0, 5, 6


@pytest.mark.parametrize(
    ("a_minute", "size", "chance"),
    [(0.2, 4, 5.684e-05), (0.5, 6, 1.416e-05), (1, 7, 8.324e-05), (2, 10, 4.650e-05), (4, 14, 7.633e-05)],
)
def test_the_size_of_a_burst_agrees_with_its_vectors(a_minute: float, size: int, chance: float) -> None:
    assert burst_size(a_minute) == size
    assert stats.poisson.sf(size - 1, a_minute) == pytest.approx(chance, rel=1e-3)


@pytest.mark.parametrize("a_minute", [0.2, 0.31, 0.77, 1.5, 3.3, 12, 60])
def test_a_burst_is_the_smallest_number_that_chance_hardly_brings(a_minute: float) -> None:
    size = burst_size(a_minute)
    assert stats.poisson.sf(size - 1, a_minute) < 1e-4 <= stats.poisson.sf(size - 2, a_minute)


def test_no_kiosk_is_taken_to_be_quieter_than_one_answer_in_five_minutes() -> None:
    assert burst_size(0) == burst_size(0.2) == 4


@pytest.mark.parametrize(
    ("n", "share", "length", "runs"),
    [(300, 0.6, 16, 0.032330), (60, 0.6, 12, 0.043971), (300, 0.8, 32, 0.043259), (60, 0.5, 10, 0.025391)],
)
def test_the_length_of_a_streak_agrees_with_its_vectors(n: int, share: float, length: int, runs: float) -> None:
    assert streak_length(n, share) == length
    assert expected_runs(n, share, length) == pytest.approx(runs, abs=1e-6)


def test_a_rare_answer_twice_in_a_row_is_no_streak() -> None:
    assert expected_runs(60, 0.02, 2) < 0.05
    assert streak_length(60, 0.02) == 5


def test_eight_in_a_row_are_no_streak_but_come_twice_a_day() -> None:
    assert expected_runs(300, 0.6, 8) == pytest.approx(1.978588, abs=1e-6)


def test_where_all_agree_no_run_is_strange() -> None:
    assert streak_length(300, 1.0) is None
    assert streak_length(3, 0.9) is None


@pytest.mark.parametrize(
    ("weekday", "at", "closed"),
    [
        *[(MONDAY, (7, 29), True), (MONDAY, (7, 30), False), (MONDAY, (18, 29), False), (MONDAY, (18, 30), True)],
        *[(SATURDAY, (19, 29), True), (SATURDAY, (19, 30), False), (SATURDAY, (23, 59), False)],
        *[(SUNDAY, (0, 29), False), (SUNDAY, (0, 30), True), (SUNDAY, (12, 0), True)],
    ],
)
def test_half_an_hour_around_the_opening_hours_is_still_open(weekday: int, at: tuple[int, int], closed: bool) -> None:
    assert is_closed(weekday, at[0] * 60 + at[1], HOURS) is closed


def test_half_an_hour_before_opening_may_be_the_day_before() -> None:
    midnight = OpeningHours.model_validate({"mon": "00:10-12:00"})
    assert not is_closed(SUNDAY, 23 * 60 + 40, midnight)
    assert is_closed(SUNDAY, 23 * 60 + 39, midnight)


def test_a_shop_without_hours_is_always_open() -> None:
    assert not is_closed(MONDAY, 180, OpeningHours())


def test_four_touches_beside_the_buttons_are_hammering() -> None:
    assert is_hammering([1_000, 4_000, 7_000, 11_000], 11_000)
    assert not is_hammering([900, 4_000, 7_000, 11_000], 11_000)  # the first is more than ten seconds ago
    assert not is_hammering([1_000, 4_000, 7_000], 11_000)
    assert not is_hammering([12_000, 12_001, 12_002, 12_003], 11_000)
