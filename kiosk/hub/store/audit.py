"""What was done at the hub, and by whom: written beside the deed, in the same transaction."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, insert

from kiosk.answer import new_id
from kiosk.clock import Moment
from kiosk.hub.store.tables.people import AUDIT


def note(connection: Connection, at_ms: int, event: str, detail: str = "", person_id: UUID | None = None) -> None:
    """Write down what was done; `person_id` is None for what the hub, its command or a kiosk did."""
    entry = new_id(Moment(at_ms, "", 0, "synced"))
    row = {"id": entry, "at_ms": at_ms, "person_id": person_id, "event": event, "detail": detail}
    connection.execute(insert(AUDIT).values(row))
