"""What took long is shown again, with its age, and worked out anew while somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.hub.pages.remembered import FRESH_SECONDS, KEPT_SECONDS, Remembered
from tests.conftest import WoundClock
from tests.patience import wait_until


@pytest.fixture
def remembered(clock: WoundClock) -> Remembered[int]:
    return Remembered[int](clock)


@pytest.fixture
def slow(clock: WoundClock) -> Callable[[], int]:
    """Give something that takes a second, and counts how often it was done."""
    done = [0]

    def work_out() -> int:
        clock.wind(1)
        done[0] += 1
        return done[0]

    return work_out


def test_what_took_long_is_shown_again_with_its_age(
    remembered: Remembered[int], slow: Callable[[], int], clock: WoundClock
) -> None:
    assert remembered.of("key", slow) == (1, 0.0)
    clock.wind(FRESH_SECONDS - 2)
    assert remembered.of("key", slow) == (1, FRESH_SECONDS - 1)
    assert remembered.of("other", slow) == (2, 0.0)


def test_what_took_no_time_is_worked_out_every_time(remembered: Remembered[int]) -> None:
    numbers = iter(range(9))
    assert [remembered.of("key", lambda: next(numbers)).result for _ in range(3)] == [0, 1, 2]


def test_what_is_old_is_shown_once_more_and_worked_out_meanwhile(
    remembered: Remembered[int], slow: Callable[[], int], clock: WoundClock
) -> None:
    remembered.of("key", slow)
    clock.wind(FRESH_SECONDS)
    assert remembered.of("key", slow).result == 1
    wait_until(lambda: remembered.of("key", slow).result == 2)


def test_what_is_too_old_is_not_shown(remembered: Remembered[int], slow: Callable[[], int], clock: WoundClock) -> None:
    remembered.of("key", slow)
    clock.wind(KEPT_SECONDS)
    assert remembered.of("key", slow) == (2, 0.0)
