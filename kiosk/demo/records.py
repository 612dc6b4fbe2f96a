"""The year as records, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from kiosk.answer import Answer, Visit
from kiosk.config import Config
from kiosk.demo.days import ShopDay, busyness, minute_of_day, year
from kiosk.demo.visits import DemoClock, DemoVisit

_RUSH_COSTS = 0.08
"""How much worse things go when the shop is at its busiest."""
_BETWEEN_VISITS_MS = 3_000
_MINUTE = timedelta(minutes=1)
_LAST_ARRIVAL = timedelta(minutes=15)
"""Before closing time."""


class DemoYear:
    """A year of visits with an exact number of answers."""

    def __init__(self, config: Config, until: date, answers: int, seed: int) -> None:
        """Plan the year that ends with the day `until`."""
        self._config, self._answers = config, answers
        self._random = Random(seed)
        self._days = list(year(config, until, answers, self._random))
        self._clock = DemoClock()
        self._made = 0
        self._visits = 0

    def records(self) -> Iterator[Answer | Visit]:
        """Give every record of the year once, oldest first."""
        for day in self._days:
            self._restart_weekly(day)
            for arrival in self._arrivals(day):
                yield from self._visit(arrival, day)
        while self._made < self._answers:
            yield from self._visit(self._days[-1].opens, self._days[-1])

    def expected(self) -> int:
        """Tell about how many records the year has: most visits give one answer or two, and end."""
        return self._answers * 5 // 3

    def _visit(self, arrival: datetime, day: ShopDay) -> list[Answer | Visit]:
        left = self._answers - self._made
        if not left:
            return []
        self._clock.at_ms = max(_ms(arrival), self._clock.at_ms + _BETWEEN_VISITS_MS)
        mood = day.mood - _RUSH_COSTS * busyness(minute_of_day(arrival))
        records = DemoVisit(self._config, self._clock, self._random, mood).records(left)
        self._made += sum(isinstance(record, Answer) for record in records)
        self._visits += 1
        return records

    def _arrivals(self, day: ShopDay) -> list[datetime]:
        """Draw when customers step up, so that their answers reach the day's number by what visits gave so far."""
        answers_a_visit = self._made / self._visits if self._visits else 1.0
        visits = max(0, round((day.answers_so_far - self._made) / answers_a_visit))
        minutes = range(max(1, (day.closes - day.opens - _LAST_ARRIVAL) // _MINUTE))
        first = minute_of_day(day.opens)
        crowds = [busyness(first + minute) for minute in minutes]
        drawn = sorted(self._random.choices(minutes, crowds, k=visits))
        return [day.opens + timedelta(minutes=minute, seconds=self._random.uniform(0, 59)) for minute in drawn]

    def _restart_weekly(self, day: ShopDay) -> None:
        if not self._clock.boot_id or day.opens.weekday() == 0:
            self._clock.boot_id = str(UUID(int=self._random.getrandbits(128), version=4))
            self._clock.booted_ms = _ms(day.opens) - self._random.randint(600_000, 1_800_000)


def _ms(local: datetime) -> int:
    return int(local.timestamp() * 1000)
