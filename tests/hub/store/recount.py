"""What the rollups have to say: the hub's rows, counted one by one as the kiosk counts its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from kiosk.answer import STAFF_TEST, Answer
from kiosk.clock import business_day
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.tables.counts import CHOICE_COUNT, DAY_COUNT, OUTCOME_COUNT, SLOT_COUNT
from kiosk.hub.store.tables.records import ANSWER, VISIT
from kiosk.results.slots import slots
from kiosk.results.tally import Scale, count_by

Figures = dict[str, Any]


@dataclass(frozen=True)
class Stored:
    """A row as `kiosk.results` sees it."""

    answer: Answer
    corrected_ms: int
    superseded: bool


def recount(database: Database, device: Device) -> Figures:
    """Count the rows of a device by the functions that count a kiosk's."""
    with database.read() as connection:
        rows = connection.execute(select(ANSWER).where(ANSWER.c.device_id == device.id)).mappings().all()
        visits = connection.execute(select(VISIT).where(VISIT.c.device_id == device.id)).mappings().all()
    replaced = {row["supersedes"] for row in rows}
    answers = [_stored(dict(row), row["id"] in replaced) for row in rows]
    days = count_by(answers, lambda row: business_day(row.corrected_ms, device.zone, device.day_ends_at).isoformat())
    counted: Figures = {"slots": {}, "days": {}, "choices": {}, "outcomes": {}}
    for day, tally in days.items():
        for scale, counts in tally.items():
            facts = (counts.n, counts.flagged, counts.superseded)
            is_scale = scale.points is not None
            values = {int(value): n for value, n in counts.values.items()} if is_scale else {}
            counted["days"][(day, *scale)] = (*facts, values)
            for choice, n in counts.values.items() if not is_scale else ():
                counted["choices"][day, scale.question, choice] = n
    for scale in {Scale.of(row.answer) for row in answers}:
        for slot in slots(answers, scale, device.day_ends_at):
            counted["slots"][(slot.start_ms, slot.is_timed, *scale, int(slot.value))] = slot.n
    tried = {row["visit_id"] for row in rows if STAFF_TEST in row["marks"]}
    tried -= {row["visit_id"] for row in rows if STAFF_TEST not in row["marks"]}
    for row in visits:
        if row["visit_id"] in tried:
            continue
        day = business_day(row["at_ms"], device.zone, device.day_ends_at).isoformat()
        counted["outcomes"][day, row["outcome"]] = counted["outcomes"].get((day, row["outcome"]), 0) + 1
    return counted


def rollups(database: Database, device: Device) -> Figures:
    """Read the same figures from the rollups."""
    with database.read() as connection:
        read = {table.name: _rows(connection, table, device.id) for table in _TABLES}
    days = {
        (row["day"].isoformat(), *_scale(row)): (row["n"], row["flagged"], row["superseded"], _values(row))
        for row in read["day_count"]
    }
    return {
        "slots": {
            (row["start_ms"], bool(row["is_timed"]), *_scale(row), value): n
            for row in read["slot_count"]
            for value, n in _values(row).items()
        },
        "days": {key: said for key, said in days.items() if any(said)},
        "choices": {
            (row["day"].isoformat(), row["question"], row["choice"]): row["n"]
            for row in read["choice_count"]
            if row["n"]
        },
        "outcomes": {(row["day"].isoformat(), row["outcome"]): row["n"] for row in read["outcome_count"]},
    }


_TABLES = (SLOT_COUNT, DAY_COUNT, CHOICE_COUNT, OUTCOME_COUNT)


def _rows(connection: Connection, table: Any, device_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table).where(table.c.device_id == device_id)).mappings()]


def _scale(row: dict[str, Any]) -> Scale:
    return Scale(row["question"], row["kind"], row["points"] or None)


def _values(row: dict[str, Any]) -> dict[int, int]:
    return {value: row[f"v{value}"] for value in range(11) if row[f"v{value}"]}


def _stored(row: dict[str, Any], superseded: bool) -> Stored:
    clock = json.loads(row["clock"])
    if not row["is_timed"]:  # a kiosk believes its own clock, the hub does not always
        clock |= {"state": "unsynced", "at_ms": row["at_ms"]}
    answer = Answer(
        id=row["id"],
        visit_id=row["visit_id"],
        at_ms=clock["at_ms"],
        boot_id=clock["boot_id"],
        boot_ms=clock["boot_ms"],
        clock_state=clock["state"],
        survey_revision=row["survey_revision"],
        language=row["language"],
        layout=row["layout"],
        touchpoint=row["touchpoint"],
        question=row["question"],
        kind=row["kind"],
        points=row["points"] or None,
        value=row["value"],
        choices=tuple(json.loads(row["choices"])),
        text=row["text"],
        supersedes=row["supersedes"],
        marks=tuple(json.loads(row["marks"])),
        seq=row["seq"],
    )
    return Stored(answer, row["at_ms"], superseded)
