"""Counting in the database what `results` counts answer by answer; tests hold the two together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, func, or_

from kiosk.answer import STAFF_TEST
from kiosk.results.slots import Slot
from kiosk.results.tally import Counts, Scale, Tally
from kiosk.results.taps import Tap
from kiosk.store.columns import SCALE, Look, given, look_at
from kiosk.store.queries import Period, in_order, is_timed, placed, says_something, superseded
from kiosk.store.rows import items
from kiosk.store.tables import ANSWER

_BATCH = 256
"""Rows that are read at once: enough to be fast, few enough to take next to no memory."""


def tally(connection: Connection, period: Period, *wanted: ColumnElement[bool]) -> Tally:
    """Count the answers of a period; of those that are `wanted`, if that is said."""
    alike: Counter[str] = Counter()
    newest: dict[str, int] = {}
    for rows in connection.execute(kinds_of_answers(period, *wanted)).partitions(_BATCH):
        seqs, kinds = zip(*rows, strict=True)
        alike.update(kinds)
        newest.update(zip(kinds, seqs, strict=True))
    return _counted(alike, newest)


def _counted(alike: Mapping[str, int], newest: Mapping[str, int]) -> Tally:
    """Bring together how many answers there are of each kind; `newest` is the number of the last one."""
    counted: Tally = {}
    last: dict[Scale, int] = {}
    for kind, n in sorted(alike.items()):
        *parts, value, choices, marks, is_superseded, touchpoint = json.loads(kind)
        stored = items(marks)
        if STAFF_TEST in stored:
            continue
        scale = Scale(*parts)
        counts = counted.setdefault(scale, Counts())
        if newest[kind] >= last.setdefault(scale, newest[kind]):
            last[scale], counts.touchpoint = newest[kind], touchpoint
        _add(counts, given(value, choices), stored, n, is_superseded=is_superseded == 1)
    return counted


def slots(connection: Connection, scale: Scale, length_ms: int, period: Period) -> list[Slot]:
    """Count the answers of a period on one scale, by slots of a length."""
    counted: Counter[tuple[int, int, int]] = Counter()
    for rows in connection.execute(values_by_time(scale, length_ms, period)).partitions(_BATCH):
        counted.update(map(tuple, rows))
    return [
        Slot(slot * length_ms, bool(is_timed), str(value), n)
        for (slot, is_timed, value), n in counted.items()
        if value is not None
    ]


def taps(connection: Connection, period: Period) -> Iterator[Tap]:
    """Read the answers of a period that count, as the rules of misuse see them, in the order they were given."""
    for rows in connection.execute(looks(period)).partitions(_BATCH):
        for visit_id, seq, at_ms, look in rows:
            if told := _read_look(look):
                yield Tap(visit_id, seq, at_ms, *told)


def looks(period: Period) -> Select[Any]:
    """Select what the rules of misuse look at in answers that say something and were not superseded, in their order.

    The last column is a JSON array of all in which many answers are alike, so that it is read only once.
    """

    def columns(corrected_ms: ColumnElement[int]) -> list[ColumnElement[Any]]:
        alike = [ANSWER.c[name] for name in (*SCALE, "value", "choices", "marks")]
        look = func.json_array(is_timed(corrected_ms), *alike).label("look")
        return [ANSWER.c.visit_id, ANSWER.c.seq, corrected_ms.label("corrected_ms"), look]

    return in_order(ANSWER, period, columns, says_something(), ~superseded())


@lru_cache(maxsize=4096)
def _read_look(array: str) -> Look | None:
    is_timed, *scale, value, choices, marks = json.loads(array)
    return look_at(is_timed, Scale(*scale), value, choices, marks)


def kinds_of_answers(period: Period, *wanted: ColumnElement[bool]) -> Select[Any]:
    """Select, in order, each answer's number and, as a JSON array, all of it that matters for counting.

    Empty ones are left out. SQLite could group them, but would first sort them all, in memory.
    """

    def columns(_: ColumnElement[int]) -> list[ColumnElement[Any]]:
        alike = [ANSWER.c[name] for name in (*SCALE, "value", "choices", "marks")]
        return [ANSWER.c.seq, func.json_array(*alike, superseded(), ANSWER.c.touchpoint).label("kind")]

    return in_order(ANSWER, period, columns, says_something(), *wanted)


def values_by_time(scale: Scale, length_ms: int, period: Period) -> CompoundSelect[Any]:
    """Select the slot and the value of each answer on a scale that counts, in no order."""

    def columns(corrected_ms: ColumnElement[int]) -> list[ColumnElement[Any]]:
        return [corrected_ms // length_ms, is_timed(corrected_ms), ANSWER.c.value]

    of_scale = (ANSWER.c[name] == part for name, part in zip(SCALE, scale, strict=True))
    # Most answers have no mark, and comparing is quicker than searching.
    no_test = or_(ANSWER.c.marks == "[]", ~ANSWER.c.marks.contains(f'"{STAFF_TEST}"', autoescape=True))
    return placed(ANSWER, period, columns, *of_scale, ANSWER.c.value.is_not(None), no_test, ~superseded())


def _add(counts: Counts, given: tuple[str, ...], marks: tuple[str, ...], n: int, *, is_superseded: bool) -> None:
    if is_superseded:
        counts.superseded += n
        return
    counts.n += n
    counts.values.update(dict.fromkeys(given, n))
    if marks:
        counts.flag(marks, given, n)
