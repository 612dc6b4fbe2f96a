"""The doubtful answers of a period: the one place where the rules of misuse meet the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from sqlalchemy import Connection

from kiosk.config import Config
from kiosk.results.doubts import Doubt, doubts, judged_days, lessons
from kiosk.results.misuse import STAFF_MS
from kiosk.results.period import Period
from kiosk.results.taps import Tap
from kiosk.results.watch import Watch
from kiosk.store import counts, queries

Watched = Callable[[Iterable[Tap]], Iterator[Tap]]
"""Passes answers on, and may draw how far they are."""


def doubts_in(connection: Connection, config: Config, period: Period, watched: Watched = iter) -> Iterator[Doubt]:
    """Give the doubtful answers of a period, in the order they were given.

    Looks at the weeks before as well, from which is learned what is usual; every answer passes through `watched`.
    """
    begin, end = period.bounds_in(config)
    taps = chain(taps_before(connection, config, period), counts.taps(connection, (begin, end)))
    found = doubts(watched(taps), watch_over(connection, config, period))
    return (doubt for doubt in found if begin <= doubt.tap.at_ms < end)


def taps_before(connection: Connection, config: Config, period: Period) -> Iterator[Tap]:
    """Give the answers of the weeks before a period, from which a watch learns what is usual."""
    return chain.from_iterable(counts.taps(connection, each.bounds_in(config)) for each in lessons(period)[:-1])


def watch_over(connection: Connection, config: Config, period: Period) -> Watch:
    """Give a watch over a period that knows when staff were at the kiosk, and nothing else yet."""
    begin, end = period.bounds_in(config)
    return Watch(config, connection.execute(queries.staff_moments((begin - STAFF_MS, end))).scalars())


def learned_watch(connection: Connection, config: Config, day: Period) -> Watch:
    """Give a watch over a day that knows what is usual there."""
    watch = watch_over(connection, config, day)
    for _ in judged_days(taps_before(connection, config, day), watch):
        pass
    return watch
