"""Visits that staff made to try a kiosk out: they are kept, and never counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from kiosk.answer import STAFF_TEST
from kiosk.hub.store.tables.records import ANSWER

_REACH = 64
"""Records before a visit's end among which its answers are: a kiosk has one visit at a time."""

Rows = Collection[Mapping[str, Any]]


def trial_visits(connection: Connection, device_id: UUID, visits: Rows, answers: Rows) -> set[UUID]:
    """Tell which of these visits have answers, and none but those of test mode.

    `answers` came with the visits; those that came before are looked up.
    """
    if not visits:
        return set()
    marks: dict[UUID, list[str]] = {}
    for answer in answers:
        marks.setdefault(answer["visit_id"], []).append(answer["marks"])
    earlier = [visit for visit in visits if visit["visit_id"] not in marks]
    for visit_id, said in _earlier(connection, device_id, earlier):
        marks.setdefault(visit_id, []).append(said)
    return {visit for visit, said in marks.items() if all(f'"{STAFF_TEST}"' in each for each in said)}


def _earlier(
    connection: Connection, device_id: UUID, visits: Sequence[Mapping[str, Any]]
) -> Iterable[tuple[UUID, str]]:
    if not visits:
        return ()
    seqs = [visit["seq"] for visit in visits]
    near = ANSWER.c.seq.between(min(seqs) - _REACH, max(seqs))
    theirs = ANSWER.c.visit_id.in_([visit["visit_id"] for visit in visits])
    query = select(ANSWER.c.visit_id, ANSWER.c.marks).where(ANSWER.c.device_id == device_id, near, theirs)
    return [(row.visit_id, row.marks) for row in connection.execute(query)]
