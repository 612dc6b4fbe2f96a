"""Opening the answers for the commands that only read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.progress import watched
from kiosk.config import Config
from kiosk.errors import StoreError
from kiosk.results.doubts import lessons
from kiosk.results.period import Period

if TYPE_CHECKING:
    from kiosk.results.taps import Tap
    from kiosk.store.reader import Reader, StoredAnswer

_POLITE = 10
"""How much lower than a kiosk's the priority of reading is: its customers wait, whoever reads does not."""


@contextmanager
def reading(database: Path) -> Iterator[Reader]:
    """Open the database for reading, behind a kiosk that runs; one that has none yet has no answers yet."""
    from kiosk.store.reader import Reader  # half a second of database library

    if not database.exists():
        raise StoreError(
            f"There are no answers yet: {database} does not exist.",
            "Start the kiosk, name another file with --database, or try `kiosk demo`.",
        )
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    with Reader(database) as reader:
        yield reader


def answers_of(reader: Reader, bounds: tuple[int, int]) -> Iterator[StoredAnswer]:
    """Give the answers of a period one by one, with a progress bar where that takes long."""
    return watched(reader.answers(*bounds), "Answers", lambda: number_of(reader, bounds))


def number_of(reader: Reader, bounds: tuple[int, int]) -> int:
    """Count the answers of a period, those that were changed among them."""
    return sum(counts.n + counts.superseded for counts in reader.count_values(*bounds).values())


def misuse_watch(reader: Reader, config: Config, days: Period) -> Callable[[Iterable[Tap]], Iterator[Tap]]:
    """Give the function that shows a progress bar while the answers of some days are looked at for misuse."""
    known = Period(lessons(days)[0].first, days.last or days.first)
    bounds = known.bounds_in(config)
    return lambda taps: watched(taps, "Looking for misuse", lambda: number_of(reader, bounds))
