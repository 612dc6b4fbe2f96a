"""Answers as the rules of misuse see them: whose, when and what, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kiosk.results.tally import Row, Scale, is_counted, is_timed


class Tap(NamedTuple):
    """What the rules look at in one answer that counts."""

    visit_id: str
    seq: int
    """Its place among all records of the kiosk."""
    at_ms: int
    """UTC, corrected."""
    is_timed: bool
    scale: Scale
    given: tuple[str, ...]
    """The value, or the choices; nothing for text."""
    marks: tuple[str, ...]
    """Those that it was stored with."""


def taps_of(rows: Iterable[Row]) -> Iterator[Tap]:
    """Give what the rules look at, of the answers that count."""
    for row in rows:
        if is_counted(row):
            answer = row.answer
            given = answer.choices if answer.value is None else (str(answer.value),)
            place = (str(answer.visit_id), answer.seq or 0, row.corrected_ms, is_timed(row))
            yield Tap(*place, Scale.of(answer), given, answer.marks)
