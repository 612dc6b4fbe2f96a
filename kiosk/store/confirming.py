"""Writing down how far each destination is, inside one transaction of the writer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from kiosk.store.delivery import Confirmation
from kiosk.store.tables import BOOT, DELIVERY, REFUSED


def confirm(connection: Connection, confirmation: Confirmation, now_ms: int) -> None:
    """Move a destination's cursor, park what it refused, and forget its trouble."""
    _set(
        connection,
        confirmation.destination,
        acked_seq=confirmation.acked_seq,
        highest_seq=confirmation.highest_seq,
        confirmed_ms=now_ms,
        trouble=None,
        trouble_ms=None,
    )
    parked = set(
        connection.execute(select(REFUSED.c.seq).where(REFUSED.c.destination == confirmation.destination)).scalars()
    )
    for refusal in confirmation.refused:
        if refusal.seq not in parked:
            connection.execute(
                insert(REFUSED).values(
                    destination=confirmation.destination,
                    seq=refusal.seq,
                    record_id=str(refusal.record_id),
                    code=refusal.code,
                    detail=refusal.detail,
                    at_ms=now_ms,
                )
            )


def note_trouble(connection: Connection, destination: str, trouble: str | None, now_ms: int) -> None:
    """Write down what is in a destination's way; since when, stays as it was while the trouble is the same."""
    known = connection.execute(select(DELIVERY.c.trouble).where(DELIVERY.c.destination == destination)).scalar()
    if known != trouble:
        _set(connection, destination, trouble=trouble, trouble_ms=now_ms if trouble else None)


def date_boot(connection: Connection, boot_id: str, offset_ms: int) -> None:
    """Date a boot that no synced clock has dated: with it, every record that its unsynced clock has stamped."""
    if not connection.execute(select(BOOT.c.boot_id).where(BOOT.c.boot_id == boot_id)).first():
        connection.execute(insert(BOOT).values(boot_id=boot_id, offset_ms=offset_ms))


def _set(connection: Connection, destination: str, **columns: Any) -> None:
    changed = connection.execute(update(DELIVERY).where(DELIVERY.c.destination == destination).values(**columns))
    if not changed.rowcount:
        fresh = {"destination": destination, "acked_seq": 0, "highest_seq": 0, **columns}
        connection.execute(insert(DELIVERY).values(**fresh))
