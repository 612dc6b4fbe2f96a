"""The doubtful answers of a period: the one place where the rules of misuse meet the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from sqlalchemy import Connection

from kiosk.config import Config
from kiosk.results.doubts import Doubt, doubts, lessons
from kiosk.results.misuse import STAFF_MS
from kiosk.results.period import Period
from kiosk.results.taps import Tap
from kiosk.store import counts, queries

Watched = Callable[[Iterable[Tap]], Iterator[Tap]]
"""Passes answers on, and may draw how far they are."""


def doubts_in(connection: Connection, config: Config, period: Period, watched: Watched = iter) -> Iterator[Doubt]:
    """Give the doubtful answers of a period, in the order they were given.

    Looks at the weeks before as well, from which is learned what is usual; every answer passes through `watched`.
    """
    begin, end = period.bounds_in(config)
    taps = chain.from_iterable(counts.taps(connection, lesson.bounds_in(config)) for lesson in lessons(period))
    staff_ms = connection.execute(queries.staff_moments((begin - STAFF_MS, end))).scalars()
    return (doubt for doubt in doubts(watched(taps), config, staff_ms) if begin <= doubt.tap.at_ms < end)
