"""One question's answers by when they were given: what the hours, the heat map and the trend are made of."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from kiosk.results.tally import Row, Scale, is_counted, is_timed

_QUARTER = 15
"""Minutes: the offsets of all time zones of today are whole quarters of an hour."""

Key = TypeVar("Key", bound=Hashable)


class Slot(NamedTuple):
    """How often one value was given within some minutes that lie in one hour and one business day."""

    start_ms: int
    """UTC, corrected."""
    is_timed: bool
    """False where the clock was not to be trusted: the day may be right, the time of day is anybody's guess."""
    value: str
    n: int


def slot_ms(day_ends_at: time) -> int:
    """Give how long slots are, so that neither an hour nor a business day begins within one."""
    return 60_000 * math.gcd(_QUARTER, day_ends_at.minute)


def slots(rows: Iterable[Row], scale: Scale, day_ends_at: time) -> list[Slot]:
    """Count the answers to a question with a scale, slot by slot in no order: those that `tally.count` counts."""
    length = slot_ms(day_ends_at)
    counts: Counter[tuple[int, bool, str]] = Counter()
    for row in rows:
        answer = row.answer
        if Scale.of(answer) == scale and is_counted(row) and answer.value is not None:
            counts[row.corrected_ms // length * length, is_timed(row), str(answer.value)] += 1
    return [Slot(*place, n) for place, n in counts.items()]


def gathered(slots: Iterable[Slot], key: Callable[[int], Key]) -> Mapping[Key, Counter[str]]:
    """Bring together how often each value was given, wherever `key`, of the start of a slot, is the same."""
    key_of = lru_cache(maxsize=None)(key)  # each start comes with several values, and zones are slow
    together: dict[Key, Counter[str]] = {}
    for slot in slots:
        together.setdefault(key_of(slot.start_ms), Counter())[slot.value] += slot.n
    return together


def local(start_ms: int, zone: ZoneInfo) -> datetime:
    """Give the shop's own time of an instant."""
    return datetime.fromtimestamp(start_ms / 1000, UTC).astimezone(zone)


def untimed(slots: Iterable[Slot]) -> int:
    """Count the answers that no chart by time of day can show."""
    return sum(slot.n for slot in slots if not slot.is_timed)
