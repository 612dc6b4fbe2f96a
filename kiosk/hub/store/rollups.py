"""How the counts change with what arrived: in the same transaction, from the very rows that were written."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from kiosk.answer import STAFF_TEST
from kiosk.clock import business_day
from kiosk.hub.store.devices import Device
from kiosk.results.slots import slot_ms

Answer = Mapping[str, Any] | RowMapping
"""The columns of an answer, or of as much of it as counts."""
Cell = list[int]
"""What is added to the columns of `COLUMNS`."""

COLUMNS = ("n", "flagged", "superseded", *(f"v{value}" for value in range(11)))

_LAST_DAY_MS = 253_402_300_799_999 - 2 * 86_400_000
"""From here on no calendar has a next day in every time zone."""

_Scale = tuple[str, str, int]


@dataclass(slots=True)
class Deltas:
    """What one batch adds to a device's counts, and takes from them."""

    device: Device
    slots: dict[tuple[str, str, int, int, int], Cell] = field(default_factory=lambda: defaultdict(_nothing))
    days: dict[tuple[str, str, int, date], Cell] = field(default_factory=lambda: defaultdict(_nothing))
    choices: Counter[tuple[str, str, date]] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, date]] = field(default_factory=Counter)

    def add(self, answer: Answer) -> None:
        """Count an answer that has just been stored and stands."""
        self._change(answer, counted=1, superseded=0)

    def add_superseded(self, answer: Answer) -> None:
        """Count an answer that has just been stored and that another one has taken the place of."""
        self._change(answer, counted=0, superseded=1)

    def supersede(self, answer: Answer) -> None:
        """Count an answer as superseded that had been counted."""
        self._change(answer, counted=-1, superseded=1)

    def add_visit(self, visit: Mapping[str, Any]) -> None:
        """Count a visit that has just been stored."""
        self.outcomes[visit["outcome"], self._day(self._start(visit["at_ms"]))] += 1

    def _change(self, answer: Answer, counted: int, superseded: int) -> None:
        if not is_given(answer):
            return
        scale: _Scale = answer["question"], answer["kind"], answer["points"]
        start_ms = self._start(answer["at_ms"])
        day = self._day(start_ms)
        changes = _changes(answer, counted, superseded)
        for cell in (self.slots[*scale, start_ms, int(answer["is_timed"])], self.days[*scale, day]):
            for column, change in changes:
                cell[column] += change
        if answer["choices"] != "[]":
            for choice in set(json.loads(answer["choices"])):
                self.choices[answer["question"], choice, day] += counted

    def _start(self, at_ms: int) -> int:
        length = slot_ms(self.device.day_ends_at)
        return at_ms // length * length

    def _day(self, start_ms: int) -> date:
        return _day_of(start_ms, self.device.zone, self.device.day_ends_at)


def is_given(answer: Answer) -> bool:
    """Tell whether an answer says something, and a customer said it: as `results.tally` has it."""
    is_empty = answer["value"] is None and answer["choices"] == "[]" and answer["text"] is None
    return not is_empty and (answer["marks"] == "[]" or STAFF_TEST not in json.loads(answer["marks"]))


def _nothing() -> Cell:
    return [0] * len(COLUMNS)


def _changes(answer: Answer, counted: int, superseded: int) -> list[tuple[int, int]]:
    changes = [(0, counted), (2, superseded)]
    if answer["marks"] != "[]":
        changes.append((1, counted))
    if answer["value"] is not None:
        changes.append((3 + answer["value"], counted))
    return changes


@lru_cache(maxsize=4096)
def _day_of(start_ms: int, zone: ZoneInfo, day_ends_at: time) -> date:
    return business_day(min(start_ms, _LAST_DAY_MS), zone, day_ends_at)
