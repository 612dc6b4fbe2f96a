"""Which answers another one has taken the place of, in whatever order the two arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from kiosk.hub.store.tables.records import ANSWER

_COUNTED = ("id", "at_ms", "is_timed", "question", "kind", "points", "value", "choices", "text", "marks")
"""The columns that the rollups count by."""
_ARRIVED_BEFORE = select(ANSWER.c.supersedes).where(
    ANSWER.c.device_id == bindparam("device"), ANSWER.c.supersedes.in_(bindparam("inserted", expanding=True))
)


def supersede(
    connection: Connection, device_id: UUID, inserted: Mapping[UUID, Mapping[str, Any]], held_seq: int
) -> Sequence[RowMapping]:
    """Mark the answers that inserted ones supersede, and the inserted ones that stored ones do; give those answers.

    Each is given once in its life. Nothing above `held_seq` was stored before, and an answer is superseded by a later
    one: only those up to it can have come too late. Needs that nobody else writes for this device.
    """
    replaced = {row["supersedes"] for row in inserted.values()} - {None}
    if late := [answer_id for answer_id, row in inserted.items() if row["seq"] < held_seq]:
        replaced.update(connection.execute(_ARRIVED_BEFORE, {"device": device_id, "inserted": late}).scalars())
    if not replaced:
        return ()
    standing = ANSWER.c.device_id == device_id, ANSWER.c.id.in_(sorted(replaced)), ANSWER.c.superseded == 0
    marked = update(ANSWER).where(*standing).values(superseded=1).returning(*(ANSWER.c[name] for name in _COUNTED))
    return connection.execute(marked).mappings().all()
