"""Which answers are doubtful, and the counts that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from kiosk.config import Config
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


def doubts(taps: Iterable[Tap], config: Config, staff_ms: Iterable[int] = ()) -> Iterator[Doubt]:
    """Give the doubtful answers of one kiosk, in the order in which they were given.

    `taps` come in that order and begin early (`lessons`), so that it is known what is usual; `staff_ms` are the
    moments at which staff were at the kiosk (UTC, corrected). Takes the memory of the busiest day, however many
    there are.
    """
    watch = Watch(config, staff_ms)
    visits = (watch.visit(tuple(answers)) for _, answers in groupby(taps, key=lambda tap: tap.visit_id))
    for day, of_day in groupby(visits, key=lambda visit: visit.day):
        judged = list(of_day)
        watch.mark(day, judged)
        for visit in judged:
            if visit.marks:
                marks = _in_order(visit.marks)
                yield from (Doubt(answer, marks) for answer in visit.answers)


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


def _in_order(marks: Set[str]) -> tuple[str, ...]:
    known = tuple(mark.value for mark in Mark if mark in marks)
    return (*known, *sorted(marks - set(known)))
