"""When answers are doubtful: the rules by which staff, children or one angry finger show in the record.

A mark never removes an answer: figures are shown with and without it, for no rule can prove whose finger it was.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import time
from enum import StrEnum
from functools import lru_cache

from kiosk.config.hours import OpeningHours

BURST_MS = 60_000
"""How long the window is in which answers may come too thick."""
STAFF_MS = 120_000
"""How long after staff were at the kiosk an answer may be theirs."""
_QUIETEST = 0.2
"""Answers a minute below which no kiosk is taken to be."""
_BURST_CHANCE = 1e-4
_STREAKS_A_DAY = 0.05
SHORTEST_STREAK = 5
"""Fewer than so many may be friends, or one queue that was too long."""
_HAMMER_MS, _HAMMER_TOUCHES = 10_000, 4
_GRACE = 30
"""Minutes around the opening hours in which answers are still a customer's."""
_DAY = 24 * 60


class Mark(StrEnum):
    """Why an answer is doubtful."""

    BURST = "burst"
    """More answers within a minute than chance brings at that hour."""
    STREAK = "streak"
    """The same answer more often in a row than chance brings in a day."""
    CLOSED = "closed"
    """Given while the shop was closed."""
    STAFF_TEST = "staff_test"
    """Given in test mode, and then not counted; or just after staff were at the kiosk."""
    HAMMER = "hammer"
    """Given among many touches beside the buttons. Only the kiosk itself can see that, at the tap."""


@lru_cache(maxsize=256)
def burst_size(a_minute: float) -> int:
    """Give how many answers within a minute chance brings less than once in 10,000 minutes (Poisson)."""
    mean = max(_QUIETEST, a_minute)
    term = math.exp(-mean)
    fewer, size = 0.0, 0
    while 1 - fewer >= _BURST_CHANCE and term > 0:
        fewer, size = fewer + term, size + 1
        term *= mean / size
    return size


@lru_cache(maxsize=256)
def streak_length(n: int, share: float) -> int | None:
    """Give the shortest run of an answer that chance brings less than 0.05 times among a day's `n` answers.

    `share` is how much of all answers it is, 0 to 1. None where no run would be strange.
    """
    lengths = range(SHORTEST_STREAK, n + 1)
    return next((length for length in lengths if expected_runs(n, share, length) <= _STREAKS_A_DAY), None)


def expected_runs(n: int, share: float, length: int) -> float:
    """Give how many runs of at least `length` of an answer chance brings among `n` answers."""
    return float(share**length * (1 + (n - length) * (1 - share)))


def is_closed(weekday: int, minute: int, hours: OpeningHours) -> bool:
    """Tell whether a minute of a weekday (0 is Monday) is half an hour or more away from the opening hours."""

    def is_near(days: int) -> bool:
        span = hours.on((weekday + days) % 7)
        return span is not None and -_GRACE <= minute - days * _DAY - _minutes(span[0]) < _open_minutes(span) + _GRACE

    return bool(hours.root) and not any(is_near(days) for days in (-1, 0, 1))


def is_hammering(beside_ms: Iterable[int], tap_ms: int) -> bool:
    """Tell whether the touches beside the buttons, just before a tap, are too many for a customer."""
    return sum(0 <= tap_ms - touch <= _HAMMER_MS for touch in beside_ms) >= _HAMMER_TOUCHES


def _open_minutes(span: tuple[time, time]) -> int:
    # A shop that closes at midnight closes at the last moment that a day has.
    return math.ceil(_minutes(span[1]) + span[1].second / 60) - _minutes(span[0])


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
