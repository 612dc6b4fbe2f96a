"""One kiosk's visits, day by day, held against the rules of `misuse` and against what is usual there."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, islice

from kiosk.clock import business_day
from kiosk.config import Config
from kiosk.results.misuse import BURST_MS, STAFF_MS, Mark, burst_size, is_closed, streak_length
from kiosk.results.slots import local, slot_ms
from kiosk.results.tally import Scale
from kiosk.results.taps import Tap

WEEKS = 4
"""How many weeks back the same weekday tells what is usual."""


@dataclass(slots=True)
class Visit:
    """The answers of one visit that count, and why they are doubtful: all of them, or none."""

    answers: tuple[Tap, ...]
    """The first one stands for the visit."""
    at_ms: int
    day: date
    """Its business day."""
    hour: int
    weekday_minute: tuple[int, int]
    """The calendar's weekday, 0 being Monday, and the minute of that day in the shop's own time."""
    marks: set[str] = field(default_factory=set)

    @property
    def is_timed(self) -> bool:
        """Tell whether anybody knows at what time of day it was."""
        return self.answers[0].is_timed

    @property
    def says(self) -> tuple[Scale, tuple[str, ...]]:
        """Give what the visit said first, and on which scale."""
        return self.answers[0].scale, self.answers[0].given


@dataclass(frozen=True, slots=True)
class _Day:
    """What one business day brought."""

    hours: Counter[int]
    """Visits by hour, those whose hour is known."""
    said: Counter[tuple[Scale, tuple[str, ...]]]
    """What the visits said first."""


class Watch:
    """Marks the visits of one business day after the other, and learns from each what is usual.

    Remembers four weeks as counts. Where they have no such weekday yet, the day itself is what is usual.
    """

    def __init__(self, config: Config, staff_ms: Iterable[int]) -> None:
        """Begin without knowing any day; `staff_ms` are when staff were at the kiosk (UTC, in any order)."""
        self._staff = sorted(staff_ms)
        self._slot_ms = slot_ms(config.kiosk.day_ends_at)
        # Visits of one slot begin in the same hour and day, and one minute of the week is as closed as the next week's.
        self._place = lru_cache(maxsize=128)(lambda start_ms: _place(start_ms, config))
        self._is_closed = lru_cache(maxsize=None)(
            lambda minute: is_closed(minute[0], minute[1], config.kiosk.opening_hours)
        )
        self._days: dict[date, _Day] = {}

    def visit(self, answers: tuple[Tap, ...]) -> Visit:
        """Make a visit of its answers."""
        at_ms = answers[0].at_ms
        start_ms = at_ms // self._slot_ms * self._slot_ms
        day, weekday, hour, minute = self._place(start_ms)
        return Visit(answers, at_ms, day, hour, (weekday, hour * 60 + minute + (at_ms - start_ms) // 60_000))

    def mark(self, day: date, visits: Sequence[Visit]) -> None:
        """Mark all visits of a day, in the order in which they were."""
        hours = Counter(visit.hour for visit in visits if visit.is_timed)
        today = _Day(hours, Counter(visit.says for visit in visits))
        weeks = (day - timedelta(weeks=back) for back in range(1, WEEKS + 1))
        before = [self._days[past] for past in weeks if past in self._days]
        _mark_bursts(visits, before or [today])
        _mark_streaks(visits, today, before)
        for visit in visits:
            self._mark_alone(visit)
        kept = {past: counts for past, counts in self._days.items() if past > day - timedelta(weeks=WEEKS)}
        self._days = {**kept, day: today}

    def _mark_alone(self, visit: Visit) -> None:
        """Mark what needs no other visit: by the tap itself, by the hour and by the staff."""
        for answer in visit.answers:
            if answer.marks:
                visit.marks.update(answer.marks)
        if visit.is_timed and self._is_closed(visit.weekday_minute):
            visit.marks.add(Mark.CLOSED)
        last = bisect_right(self._staff, visit.at_ms)
        if last and visit.at_ms - self._staff[last - 1] <= STAFF_MS:
            visit.marks.add(Mark.STAFF_TEST)


def _place(start_ms: int, config: Config) -> tuple[date, int, int, int]:
    """Give business day, calendar weekday, hour and minute of an instant."""
    begin = local(start_ms, config.zone)
    day = business_day(start_ms, config.zone, config.kiosk.day_ends_at)
    return day, begin.weekday(), begin.hour, begin.minute


def _mark_bursts(visits: Sequence[Visit], usual: Sequence[_Day]) -> None:
    """Mark the visits of each window that has too many, from its second on: the first may be a customer's."""
    hours: Counter[int] = sum((day.hours for day in usual), Counter())
    sizes = {hour: burst_size(hours[hour] / len(usual) / 60) for hour in range(24)}
    window: deque[Visit] = deque()
    for visit in visits:
        if not visit.is_timed:
            continue
        # A clock that was set back ends the window as well.
        while window and not 0 <= visit.at_ms - window[0].at_ms < BURST_MS:
            window.popleft()
        window.append(visit)
        if len(window) >= sizes[visit.hour]:
            for other in islice(window, 1, None):
                other.marks.add(Mark.BURST)


def _mark_streaks(visits: Sequence[Visit], today: _Day, before: Sequence[_Day]) -> None:
    said = sum((day.said for day in before), today.said)
    of_scale, n_today = _by_scale(said), _by_scale(today.said)
    for says, run in groupby(visits, key=lambda visit: visit.says):
        alike = list(run)
        longest = streak_length(n_today[says[0]], said[says] / of_scale[says[0]]) if says[0].points else None
        if longest and len(alike) >= longest:
            for visit in alike:
                visit.marks.add(Mark.STREAK)


def _by_scale(said: Counter[tuple[Scale, tuple[str, ...]]]) -> Counter[Scale]:
    together: Counter[Scale] = Counter()
    for (scale, _), count in said.items():
        together[scale] += count
    return together
