"""The hub's own secret, of which set-up codes and invitations are made: the same in every process on one database."""

from __future__ import annotations

from sqlalchemy import Connection, select

from kiosk.hub.store.tables.fleet import HUB


def seal_key(connection: Connection) -> bytes:
    """Give the secret; it never leaves the hub, and is used only as the key of an HMAC."""
    key: str = connection.execute(select(HUB.c.signing_key)).scalar_one()
    return key.encode("ascii")
