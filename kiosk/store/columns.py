"""Answers by the thousand, column by column: what an export of a million needs instead of a million objects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from kiosk.answer import STAFF_TEST
from kiosk.clock import ClockState
from kiosk.results.tally import Scale
from kiosk.results.taps import Tap
from kiosk.store.rows import items

Look = tuple[bool, Scale, tuple[str, ...], tuple[str, ...]]
"""The last members of a `Tap`, from `is_timed` on."""


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """Some answers in the order they were given; each column has one entry for each of them.

    Columns mean what they mean in `Answer` and `StoredAnswer`; ids are text.
    """

    id: Sequence[str]
    visit_id: Sequence[str]
    seq: Sequence[int]
    text: Sequence[str | None]
    corrected_ms: Sequence[int]
    context: Sequence[Mapping[str, str]]
    touchpoint: Sequence[str]
    question: Sequence[str]
    kind: Sequence[str]
    points: Sequence[int | None]
    value: Sequence[int | None]
    choices: Sequence[tuple[str, ...]]
    superseded: Sequence[bool]
    marks: Sequence[tuple[str, ...]]
    outcome: Sequence[str | None]
    language: Sequence[str]
    clock_state: Sequence[ClockState]
    survey_revision: Sequence[str]
    look: Sequence[Look | None]
    """What the rules of misuse see; None where an answer does not count."""

    def __len__(self) -> int:
        """Give the number of answers."""
        return len(self.id)


SINGLE = ("id", "visit_id", "seq", "text", "corrected_ms", "context")
"""What a query must select first, in this order."""
REPEATED = (
    *("touchpoint", "question", "kind", "points", "value", "choices", "superseded", "marks", "outcome", "language"),
    *("clock_state", "survey_revision"),
)
"""What it must select last, with `is_timed` and `says_something`, as one JSON array: many answers are alike in all of
it, which is then read only once."""
SCALE = ("question", "kind", "points")


def columns_from(rows: Sequence[Row[Any]]) -> AnswerColumns:
    """Turn rows of SINGLE and REPEATED into columns; there must be a row at least."""
    columns: dict[str, Any] = dict(zip((*SINGLE, "alike"), zip(*rows, strict=True), strict=True))
    alike = map(_alike, columns.pop("alike"))
    columns["context"] = [*map(_mapping, columns["context"])]
    return AnswerColumns(**columns, **dict(zip((*REPEATED, "look"), zip(*alike, strict=True), strict=True)))


def taps_in(answers: AnswerColumns) -> Iterator[Tap]:
    """Give what the rules of misuse look at, of the answers that count; as `results.taps.taps_of` does."""
    for visit_id, seq, at_ms, look in zip(
        answers.visit_id, answers.seq, answers.corrected_ms, answers.look, strict=True
    ):
        if look:
            yield Tap(visit_id, seq, at_ms, *look)


def look_at(is_timed: int, scale: Scale, value: int | None, choices: str, marks: str) -> Look | None:
    """Give what the rules see of columns as they are stored; None for what test mode marked."""
    stored = items(marks)
    return None if STAFF_TEST in stored else (is_timed == 1, scale, given(value, choices), stored)


def given(value: int | None, choices: str) -> tuple[str, ...]:
    """Give the value, or the choices."""
    return items(choices) if value is None else (str(value),)


@lru_cache(maxsize=4096)
def _alike(array: str) -> tuple[Any, ...]:
    """Read REPEATED, and give the look after it; the same few come again and again."""
    *told, is_timed, says_something = json.loads(array)
    columns: dict[str, Any] = dict(zip(REPEATED, told, strict=True))
    scale = Scale(*(columns[name] for name in SCALE))
    look = look_at(is_timed, scale, columns["value"], columns["choices"], columns["marks"])
    columns["choices"], columns["marks"] = items(columns["choices"]), items(columns["marks"])
    columns["superseded"] = columns["superseded"] == 1
    return *columns.values(), look if says_something and not columns["superseded"] else None


@lru_cache(maxsize=4096)
def _mapping(text: str) -> Mapping[str, str]:
    """Read a JSON object, which must stay as it is: the next answer may share it."""
    mapping: dict[str, str] = json.loads(text)
    return mapping
