"""The days of a believable year: when the shop is open, how busy it is, and how well things go."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from kiosk.config import Config

_DAYS = 365
_WEEKDAYS = (0.95, 0.9, 1.0, 1.05, 1.3, 0.8, 0.6)
_MONTHS = (0.9, 0.95, 1.0, 1.0, 1.05, 0.9, 0.65, 1.0, 1.05, 1.05, 1.1, 1.2)
_ALWAYS_OPEN = (time(8), time(20))
_BAD_WEEK = range(38, 31, -1)
"""Days before the end on which things go badly: one whole week, five weeks ago."""


@dataclass(frozen=True, slots=True)
class ShopDay:
    """One day that the shop is open."""

    opens: datetime
    closes: datetime
    answers_so_far: int
    """How many answers the year has by its end."""
    mood: float
    """How well things go: the middle of all answers, 0 to 1."""


def year(config: Config, until: date, answers: int, random: Random) -> Iterator[ShopDay]:
    """Give the open days of the year that ends with `until`, oldest first; their answers add up to `answers`."""
    days = [until - timedelta(days=ago) for ago in range(_DAYS - 1, -1, -1)]
    weights = [_weight(config, day) * random.uniform(0.8, 1.2) for day in days]
    for day, so_far in zip(days, accumulate(weights), strict=True):
        mood = _mood((until - day).days) + random.uniform(-0.03, 0.03)
        if hours := _hours(config, day):
            opens, closes = (datetime.combine(day, hour, config.zone) for hour in hours)
            yield ShopDay(opens, closes, round(answers * so_far / sum(weights)), mood)


@cache
def busyness(minute: int) -> float:
    """Give how busy a minute of the day is, 0 to 1: the lunch rush, a smaller one after work, quiet in between."""
    hour = minute / 60
    lunch = math.exp(-(((hour - 12) / 0.9) ** 2))
    after_work = math.exp(-(((hour - 16.75) / 1.1) ** 2))
    return min(1.0, 0.12 + 0.88 * lunch + 0.3 * after_work)


def minute_of_day(local: datetime) -> int:
    """Give the minutes since midnight, as the shop's clock shows them."""
    return local.hour * 60 + local.minute


def _hours(config: Config, day: date) -> tuple[time, time] | None:
    return config.kiosk.opening_hours.on(day.weekday()) if config.kiosk.opening_hours.root else _ALWAYS_OPEN


def _weight(config: Config, day: date) -> float:
    return _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1] if _hours(config, day) else 0.0


def _mood(ago: int) -> float:
    return 0.5 if ago in _BAD_WEEK else 0.8 - 0.05 * ago / _DAYS
