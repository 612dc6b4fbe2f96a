"""Texts that were erased, here or at the kiosk: a tombstone stays, so that no late resend brings one back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from kiosk.hub.store.dialects import insert
from kiosk.hub.store.tables.records import ANSWER, TOMBSTONE

_AT_ONCE = 500
"""How many a kiosk is told of at once."""
_UNTOLD = (
    select(TOMBSTONE.c.answer_id)
    .where(TOMBSTONE.c.device_id == bindparam("device"), TOMBSTONE.c.told_ms.is_(None))
    .order_by(TOMBSTONE.c.erased_ms)
    .limit(_AT_ONCE)
)


def erase(connection: Connection, device_id: UUID, erased_ms: Mapping[UUID, int], told_ms: int | None = None) -> int:
    """Erase the texts of a kiosk's answers, whether or not they are here yet; tell how many were not erased before.

    `erased_ms` is by the answers' ids; `told_ms` is None where the kiosk does not know of it yet.
    """
    if not erased_ms:
        return 0
    rows = [
        {"device_id": device_id, "answer_id": answer_id, "erased_ms": at_ms, "told_ms": told_ms}
        for answer_id, at_ms in sorted(erased_ms.items())
    ]
    new = insert(connection, TOMBSTONE).on_conflict_do_nothing().returning(TOMBSTONE.c.answer_id)
    made = connection.execute(new, rows).all()
    if told_ms is not None and len(made) < len(rows):
        untold = TOMBSTONE.c.answer_id.in_(list(erased_ms)), TOMBSTONE.c.told_ms.is_(None)
        told = update(TOMBSTONE).where(TOMBSTONE.c.device_id == device_id, *untold).values(told_ms=told_ms)
        connection.execute(told)
    with_text = ANSWER.c.id.in_(list(erased_ms)), ANSWER.c.text != ""
    connection.execute(update(ANSWER).where(ANSWER.c.device_id == device_id, *with_text).values(text=""))
    return len(made)


def erased_among(connection: Connection, device_id: UUID, answers: Collection[UUID]) -> set[UUID]:
    """Tell which of these answers' texts were erased."""
    if not answers:
        return set()
    query = select(TOMBSTONE.c.answer_id)
    ours = TOMBSTONE.c.device_id == device_id, TOMBSTONE.c.answer_id.in_(answers)
    return set(connection.execute(query.where(*ours)).scalars())


def to_tell(connection: Connection, device_id: UUID) -> tuple[UUID, ...]:
    """Give the answers whose text was erased here and, as far as the hub knows, not yet at the kiosk."""
    return tuple(connection.execute(_UNTOLD, {"device": device_id}).scalars())
