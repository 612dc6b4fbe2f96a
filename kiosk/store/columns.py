"""Answers by the thousand, column by column: what an export of a million needs instead of a million objects."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from kiosk.clock import ClockState
from kiosk.store.rows import items


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """Some answers in the order they were given; each column has one entry for each of them.

    Columns mean what they mean in `Answer` and `StoredAnswer`; ids are text.
    """

    id: Sequence[str]
    visit_id: Sequence[str]
    seq: Sequence[int]
    touchpoint: Sequence[str]
    question: Sequence[str]
    kind: Sequence[str]
    points: Sequence[int | None]
    value: Sequence[int | None]
    choices: Sequence[tuple[str, ...]]
    text: Sequence[str | None]
    superseded: Sequence[bool]
    marks: Sequence[tuple[str, ...]]
    outcome: Sequence[str | None]
    language: Sequence[str]
    corrected_ms: Sequence[int]
    clock_state: Sequence[ClockState]
    survey_revision: Sequence[str]
    context: Sequence[Mapping[str, str]]

    def __len__(self) -> int:
        """Give the number of answers."""
        return len(self.id)


NAMES = tuple(field.name for field in fields(AnswerColumns))
"""What a query must select, in this order."""


def columns_from(rows: Sequence[Row[Any]]) -> AnswerColumns:
    """Turn rows that hold NAMES into columns; there must be a row at least."""
    columns: dict[str, Any] = dict(zip(NAMES, zip(*rows, strict=True), strict=True))
    columns["choices"] = tuple(map(items, columns["choices"]))
    columns["superseded"] = tuple(map(bool, columns["superseded"]))
    columns["marks"] = tuple(map(items, columns["marks"]))
    columns["context"] = tuple(map(_mapping, columns["context"]))
    return AnswerColumns(**columns)


@lru_cache(maxsize=4096)
def _mapping(text: str) -> Mapping[str, str]:
    """Read a JSON object, which must stay as it is: the next answer may share it."""
    mapping: dict[str, str] = json.loads(text)
    return mapping
