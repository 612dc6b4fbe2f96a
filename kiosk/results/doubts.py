"""Which answers are doubtful, and the counts that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from kiosk.results.misuse import Mark
from kiosk.results.period import Period
from kiosk.results.tally import Tally
from kiosk.results.taps import Tap
from kiosk.results.watch import WEEKS, Watch


class Doubt(NamedTuple):
    """A doubtful answer. All answers of one visit are doubtful together."""

    tap: Tap
    marks: tuple[str, ...]
    """Why, in the order of `Mark`; at least one."""


def lessons(period: Period) -> list[Period]:
    """Give the periods that `doubts` needs answers of to judge the last of them, which is `period` itself."""
    if period.last is None:
        return [Period(period.first - timedelta(weeks=back)) for back in range(WEEKS, -1, -1)]
    return [Period(period.first - timedelta(weeks=WEEKS), period.first - timedelta(days=1)), period]


class JudgedDay(NamedTuple):
    """A business day whose visits were judged."""

    last_seq: int
    """Of its last answer that counts."""
    doubts: list[Doubt]
    """In the order in which the answers were given."""


def doubts(taps: Iterable[Tap], watch: Watch) -> Iterator[Doubt]:
    """Give the doubtful answers of one kiosk, in the order in which they were given; see `judged_days`."""
    return chain.from_iterable(judged.doubts for judged in judged_days(taps, watch))


def judged_days(taps: Iterable[Tap], watch: Watch) -> Iterator[JudgedDay]:
    """Judge the answers of one kiosk, day by day.

    `taps` come in the order in which they were given and begin early (`lessons`), so that the watch knows what is
    usual. Takes the memory of the busiest day, however many there are.
    """
    visits = (tuple(answers) for _, answers in groupby(taps, key=attrgetter("visit_id")))
    for day, of_day in groupby(visits, key=watch.day_of):
        judged = list(of_day)
        marks = watch.mark(day, judged)
        found = ((judged[place], _in_order(frozenset(marks[place]))) for place in sorted(marks))
        yield JudgedDay(judged[-1][-1].seq, [Doubt(tap, reasons) for visit, reasons in found for tap in visit])


def flagged(tally: Tally, doubts: Iterable[Doubt]) -> Tally:
    """Give the same counts with these doubts in place of the marks that answers were stored with."""
    judged = {scale: replace(counts, flagged=0, marks=Counter(), doubtful=Counter()) for scale, counts in tally.items()}
    for tap, marks in doubts:
        if counts := judged.get(tap.scale):
            counts.flag(marks, tap.given)
    return judged


def marks_of_visits(doubts: Iterable[Doubt]) -> dict[str, tuple[str, ...]]:
    """Give the marks of doubtful visits by their id."""
    return {tap.visit_id: marks for tap, marks in doubts}


@lru_cache(maxsize=256)
def _in_order(marks: frozenset[str]) -> tuple[str, ...]:
    known = tuple(mark.value for mark in Mark if mark in marks)
    return (*known, *sorted(marks - set(known)))
