"""What was done at the hub, and by whom: written beside the deed, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, insert, select

from kiosk.answer import new_id
from kiosk.clock import Moment
from kiosk.hub.store.tables.people import AUDIT, PERSON


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    id: UUID
    """Sorts by time."""
    at_ms: int
    person: str | None
    """The name; None for what the hub, its command or a kiosk did."""
    event: str
    detail: str


def note(connection: Connection, at_ms: int, event: str, detail: str = "", person_id: UUID | None = None) -> None:
    """Write down what was done; `person_id` is None for what the hub, its command or a kiosk did."""
    entry = new_id(Moment(at_ms, "", 0, "synced"))
    row = {"id": entry, "at_ms": at_ms, "person_id": person_id, "event": event, "detail": detail}
    connection.execute(insert(AUDIT).values(row))


def entries(connection: Connection, before: UUID | None, limit: int) -> Sequence[Entry]:
    """Give the latest entries, newest first: those before an entry, or the very latest."""
    log = AUDIT.c
    query = (
        select(log.id, log.at_ms, PERSON.c.name, log.event, log.detail)
        .select_from(AUDIT.outerjoin(PERSON, log.person_id == PERSON.c.id))
        .order_by(log.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(log.id < before)
    return [Entry(*row) for row in connection.execute(query)]
