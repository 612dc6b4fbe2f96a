"""Tokens of kiosks: made known before they are used, ended when a newer one is."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.hub.store.tables.fleet import DEVICE, DEVICE_TOKEN

_TOKEN = DEVICE_TOKEN.c


def know_next_token(connection: Connection, device_id: UUID, token_hash: str, now_ms: int) -> bool:
    """Know the token that a kiosk will use next; tell whether it may be used (an ended one never comes back).

    The one in use stays valid. A next token that was never used gives way: the kiosk has forgotten it.
    """
    ended_ms = connection.execute(
        select(_TOKEN.ended_ms).where(_TOKEN.device_id == device_id, _TOKEN.hash == token_hash)
    ).first()
    if ended_ms is not None:
        return ended_ms[0] is None
    unused = delete(DEVICE_TOKEN).where(
        _TOKEN.device_id == device_id, _TOKEN.used_ms.is_(None), _TOKEN.ended_ms.is_(None)
    )
    connection.execute(unused)
    connection.execute(insert(DEVICE_TOKEN).values(device_id=device_id, hash=token_hash, issued_ms=now_ms))
    return True


def begin_with_token(connection: Connection, device_id: UUID, token_hash: str, now_ms: int) -> None:
    """Give a kiosk that has just been let in its first token; any that it had before ends at once."""
    before = update(DEVICE_TOKEN).where(_TOKEN.device_id == device_id, _TOKEN.ended_ms.is_(None))
    connection.execute(before.values(ended_ms=now_ms))
    connection.execute(insert(DEVICE_TOKEN).values(device_id=device_id, hash=token_hash, issued_ms=now_ms))


def device_key(connection: Connection, device_id: UUID) -> str | None:
    """Give a kiosk's public key; None where nobody was let in under this id."""
    return connection.execute(select(DEVICE.c.public_key).where(DEVICE.c.id == device_id)).scalar()
