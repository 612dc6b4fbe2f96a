"""What a kiosk says of itself, and of what it asks: only the last of it is kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, select, update
from sqlalchemy.sql.dml import ReturningInsert

from kiosk.hub.store.dialects import insert, insert_of
from kiosk.hub.store.tables.fleet import DEVICE_STATE, SURVEY
from kiosk.text import clean
from kiosk.wire.report import Report, SurveyDocument

_WANTED = 16
"""How many surveys a kiosk is asked for at once."""

_KNOWN = select(SURVEY.c.revision).where(
    SURVEY.c.device_id == bindparam("device"), SURVEY.c.revision.in_(bindparam("revisions", expanding=True))
)
_PROGRESS = (
    update(DEVICE_STATE).where(DEVICE_STATE.c.device_id == bindparam("device")).values(highest_seq=bindparam("highest"))
)


def hear(connection: Connection, device_id: UUID, now_ms: int) -> int:
    """Note that a kiosk was heard from; give the highest sequence number that the hub has of it.

    From here to the end of the transaction nobody else writes for this device: its batches come one after the other.
    """
    row = {"device_id": device_id, "seen_ms": now_ms, "highest_seq": 0, "offset_ms": 0, "rejected": 0, "parked": 0}
    said = connection.execute(_hearing(connection.dialect.name), {**row, "boot_id": "", "report": "{}"})
    return int(said.scalar_one())


@lru_cache
def _hearing(dialect: str) -> ReturningInsert[int]:
    new = insert_of(dialect, DEVICE_STATE)
    heard = new.on_conflict_do_update(index_elements=["device_id"], set_={"seen_ms": new.excluded.seen_ms})
    return heard.returning(DEVICE_STATE.c.highest_seq)


def note_state(
    connection: Connection, device_id: UUID, highest_seq: int, rejected: int, report: Report | None, now_ms: int
) -> None:
    """Write down how far a kiosk is, and what it reports."""
    said = _said(report, now_ms) if report else {}
    if rejected:
        said |= {"rejected": DEVICE_STATE.c.rejected + rejected, "refused_ms": now_ms}
    progress = _PROGRESS.values(said) if said else _PROGRESS
    connection.execute(progress, {"device": device_id, "highest": highest_seq})


def keep_surveys(connection: Connection, device_id: UUID, surveys: Iterable[SurveyDocument], now_ms: int) -> None:
    """Keep what revisions of a survey ask; one that is there already stays as it is."""
    rows = [
        {
            "device_id": device_id,
            "revision": survey.revision,
            "received_ms": now_ms,
            "document": json.dumps(survey.document, ensure_ascii=False),
        }
        for survey in surveys
    ]
    if rows:
        connection.execute(insert(connection, SURVEY).on_conflict_do_nothing(), rows)


def unknown_surveys(connection: Connection, device_id: UUID, revisions: Collection[str]) -> tuple[str, ...]:
    """Tell of which of these revisions the hub does not know what they ask."""
    if not revisions:
        return ()
    known = connection.execute(_KNOWN, {"device": device_id, "revisions": sorted(revisions)}).scalars()
    return tuple(sorted(set(revisions) - set(known)))[:_WANTED]


def _said(report: Report, now_ms: int) -> dict[str, Any]:
    """Give the columns that a report changes."""
    state = DEVICE_STATE.c
    return {
        "offset_ms": now_ms - report.now_ms,
        "parked": report.refused,
        "refused_ms": case((state.parked < report.refused, now_ms), else_=state.refused_ms),
        "boot_id": clean(report.boot_id),
        "report": json.dumps(_cleaned(report.model_dump(mode="json")), ensure_ascii=False),
    }


def _cleaned(said: Any) -> Any:
    if isinstance(said, str):
        return clean(said)
    if isinstance(said, dict):
        return {name: _cleaned(member) for name, member in said.items()}
    return [_cleaned(member) for member in said] if isinstance(said, list) else said
