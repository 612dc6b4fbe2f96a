"""One kiosk's visits, day by day, held against the rules of `misuse` and against what is usual there."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

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
    marks: set[str] = field(default_factory=set)

    @property
    def opening(self) -> Tap:
        """Give the first answer, which stands for the visit."""
        return self.answers[0]

    @property
    def says(self) -> tuple[Scale, tuple[str, ...]]:
        """Give what the visit said first, and on which scale."""
        return self.opening.scale, self.opening.given


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
        self._hours = config.kiosk.opening_hours
        self._slot_ms = slot_ms(config.kiosk.day_ends_at)
        self._local = lru_cache(maxsize=128)(lambda start_ms: local(start_ms, config.zone))
        self._day = lru_cache(maxsize=128)(
            lambda start_ms: business_day(start_ms, config.zone, config.kiosk.day_ends_at)
        )
        self._days: dict[date, _Day] = {}

    def day_of(self, visit: Visit) -> date:
        """Tell which business day a visit belongs to."""
        return self._day(self._slot(visit))

    def mark(self, day: date, visits: Sequence[Visit]) -> None:
        """Mark all visits of a day, in the order in which they were."""
        hours = Counter(self._begin(visit).hour for visit in visits if visit.opening.is_timed)
        today = _Day(hours, Counter(visit.says for visit in visits))
        weeks = (day - timedelta(weeks=back) for back in range(1, WEEKS + 1))
        before = [self._days[past] for past in weeks if past in self._days]
        self._mark_bursts(visits, before or [today])
        _mark_streaks(visits, today, before)
        for visit in visits:
            visit.marks.update(self._reasons(visit))
        kept = {past: counts for past, counts in self._days.items() if past > day - timedelta(weeks=WEEKS)}
        self._days = {**kept, day: today}

    def _mark_bursts(self, visits: Sequence[Visit], usual: Sequence[_Day]) -> None:
        """Mark the visits of each window that has too many, from its second on: the first may be a customer's."""
        window: deque[Visit] = deque()
        for visit in visits:
            if not visit.opening.is_timed:
                continue
            # A clock that was set back ends the window as well.
            while window and not 0 <= visit.opening.at_ms - window[0].opening.at_ms < BURST_MS:
                window.popleft()
            window.append(visit)
            hour = self._begin(visit).hour
            if len(window) >= burst_size(sum(day.hours[hour] for day in usual) / len(usual) / 60):
                for other in list(window)[1:]:
                    other.marks.add(Mark.BURST)

    def _reasons(self, visit: Visit) -> Iterator[str]:
        """Give the marks that need no other visit: those from the tap itself, those by the hour and by the staff."""
        for answer in visit.answers:
            yield from answer.marks
        at_ms = visit.opening.at_ms
        if visit.opening.is_timed:
            begin = self._begin(visit)
            minute = begin.hour * 60 + begin.minute + (at_ms - self._slot(visit)) // 60_000
            if is_closed(begin.weekday(), minute, self._hours):
                yield Mark.CLOSED
        last = bisect_right(self._staff, at_ms)
        if last and at_ms - self._staff[last - 1] <= STAFF_MS:
            yield Mark.STAFF_TEST

    def _begin(self, visit: Visit) -> datetime:
        return self._local(self._slot(visit))

    def _slot(self, visit: Visit) -> int:
        return visit.opening.at_ms // self._slot_ms * self._slot_ms


def _mark_streaks(visits: Sequence[Visit], today: _Day, before: Sequence[_Day]) -> None:
    said = sum((day.said for day in before), today.said)
    of_scale: Counter[Scale] = Counter()
    n_today: Counter[Scale] = Counter()
    for (scale, _), count in said.items():
        of_scale[scale] += count
    for (scale, _), count in today.said.items():
        n_today[scale] += count
    for says, run in groupby(visits, key=lambda visit: visit.says):
        alike = list(run)
        longest = streak_length(n_today[says[0]], said[says] / of_scale[says[0]]) if says[0].points else None
        if longest and len(alike) >= longest:
            for visit in alike:
                visit.marks.add(Mark.STREAK)
