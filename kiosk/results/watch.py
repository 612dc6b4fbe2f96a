"""One kiosk's visits, day by day, held against the rules of `misuse` and against what is usual there."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import chain, groupby
from typing import NamedTuple

from kiosk.clock import business_day
from kiosk.config import Config
from kiosk.results.misuse import BURST_MS, SHORTEST_STREAK, STAFF_MS, Mark, burst_size, is_closed, streak_length
from kiosk.results.slots import local, slot_ms
from kiosk.results.tally import Scale
from kiosk.results.taps import Tap

WEEKS = 4
"""How many weeks back the same weekday tells what is usual."""

Visit = tuple[Tap, ...]
"""The answers of one visit that count: all of them are doubtful, or none. The first one stands for the visit."""

_MINUTE_MS = 60_000

_Said = tuple[Scale, tuple[str, ...]]
"""What a visit said first, and on which scale."""


class _Place(NamedTuple):
    """Where in the shop's time a slot lies."""

    day: date
    """The business day."""
    hour: int
    closed: frozenset[int]
    """Those of its minutes, counted from its beginning, in which the shop is closed."""


@dataclass(frozen=True, slots=True)
class _Day:
    """What one business day brought."""

    hours: Counter[int]
    """Visits by hour, those whose hour is known."""
    said: Counter[_Said]
    """What the visits said first."""


class Watch:
    """Marks the visits of one business day after the other, and learns from each what is usual.

    Remembers four weeks as counts. Where they have no such weekday yet, the day itself is what is usual. Takes a few
    microseconds a visit.
    """

    def __init__(self, config: Config, staff_ms: Iterable[int] = ()) -> None:
        """Begin without knowing any day; `staff_ms` are when staff were at the kiosk (UTC, in any order)."""
        self._staff = sorted(staff_ms)
        self._slot_ms = slot_ms(config.kiosk.day_ends_at)
        self._closed_minutes = lru_cache(maxsize=None)(partial(_closed_minutes, config))  # alike in every week
        self._place = lru_cache(maxsize=128)(partial(self._look_up, config))
        self._days: dict[date, _Day] = {}

    def day_of(self, visit: Visit) -> date:
        """Give the business day of a visit."""
        return self._place(visit[0].at_ms // self._slot_ms).day

    def mark(self, day: date, visits: Sequence[Visit]) -> Mapping[int, set[str]]:
        """Judge all visits of a day, in the order in which they were; give the marks of the doubtful by their place.

        To judge the same day again changes nothing.
        """
        firsts = [visit[0] for visit in visits]
        places = [self._place(tap.at_ms // self._slot_ms) for tap in firsts]
        hours = [place.hour for place in places]
        said = [(tap.scale, tap.given) for tap in firsts]
        today = _Day(Counter(hour for hour, tap in zip(hours, firsts, strict=True) if tap.is_timed), Counter(said))
        weeks = (day - timedelta(weeks=back) for back in range(1, WEEKS + 1))
        before = [self._days[past] for past in weeks if past in self._days]
        found = chain(
            _bursts(firsts, hours, before or [today]),
            _streaks(said, today, before),
            self._closed(firsts, places),
            self._beside_staff(firsts),
            _stored(visits),
        )
        marks: defaultdict[int, set[str]] = defaultdict(set)
        for place, mark in found:
            marks[place].add(mark)
        kept = {past: counts for past, counts in self._days.items() if past > day - timedelta(weeks=WEEKS)}
        self._days = {**kept, day: today}
        return marks

    def _look_up(self, config: Config, slot: int) -> _Place:
        begin = local(slot * self._slot_ms, config.zone)
        day = business_day(slot * self._slot_ms, config.zone, config.kiosk.day_ends_at)
        minute = begin.hour * 60 + begin.minute
        closed = self._closed_minutes(begin.weekday(), minute, self._slot_ms // _MINUTE_MS)
        return _Place(day, begin.hour, closed)

    def _closed(self, firsts: Sequence[Tap], places: Sequence[_Place]) -> Iterator[tuple[int, str]]:
        for number, (tap, place) in enumerate(zip(firsts, places, strict=True)):
            if place.closed and tap.is_timed and tap.at_ms % self._slot_ms // _MINUTE_MS in place.closed:
                yield number, Mark.CLOSED

    def _beside_staff(self, firsts: Sequence[Tap]) -> Iterator[tuple[int, str]]:
        for place, tap in enumerate(firsts if self._staff else ()):
            last = bisect_right(self._staff, tap.at_ms)
            if last and tap.at_ms - self._staff[last - 1] <= STAFF_MS:
                yield place, Mark.STAFF_TEST


def _closed_minutes(config: Config, weekday: int, minute: int, minutes: int) -> frozenset[int]:
    """Give the closed ones of so many minutes from one of a weekday on."""
    hours = config.kiosk.opening_hours
    return frozenset(ahead for ahead in range(minutes) if is_closed(weekday, minute + ahead, hours))


def _stored(visits: Sequence[Visit]) -> Iterator[tuple[int, str]]:
    """Give the marks that answers were stored with."""
    for place, visit in enumerate(visits):
        for tap in visit:
            if tap.marks:
                yield from ((place, mark) for mark in tap.marks)


def _bursts(firsts: Sequence[Tap], hours: Sequence[int], usual: Sequence[_Day]) -> Iterator[tuple[int, str]]:
    """Mark the visits of each window that has too many, from its second on: the first may be a customer's."""
    together: Counter[int] = sum((day.hours for day in usual), Counter())
    sizes = {hour: burst_size(together[hour] / len(usual) / 60) for hour in range(24)}
    places = [place for place, tap in enumerate(firsts) if tap.is_timed]
    times = [firsts[place].at_ms for place in places]
    begin = marked = 0
    for end, at_ms in enumerate(times):
        # A clock that was set back ends the window as well.
        while begin < end and not 0 <= at_ms - times[begin] < BURST_MS:
            begin += 1
        if end - begin + 1 >= sizes[hours[places[end]]]:
            yield from ((place, Mark.BURST) for place in places[max(begin + 1, marked) : end + 1])
            marked = end + 1


def _streaks(said: Sequence[_Said], today: _Day, before: Sequence[_Day]) -> Iterator[tuple[int, str]]:
    known = sum((day.said for day in before), today.said)
    of_scale, n_today = _by_scale(known), _by_scale(today.said)
    for (scale, given), run in groupby(range(len(said)), key=said.__getitem__):
        alike = list(run)
        if len(alike) >= SHORTEST_STREAK and scale.points:
            longest = streak_length(n_today[scale], known[scale, given] / of_scale[scale])
            if longest and len(alike) >= longest:
                yield from ((place, Mark.STREAK) for place in alike)


def _by_scale(said: Counter[_Said]) -> Counter[Scale]:
    together: Counter[Scale] = Counter()
    for (scale, _), count in said.items():
        together[scale] += count
    return together
