"""The hub's own row: its id, and the keys with which it signs configurations."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select, update

from kiosk.answer import new_id
from kiosk.clock import Moment
from kiosk.hub.store.dialects import insert
from kiosk.hub.store.tables.fleet import HUB

_KEY_BYTES = 32
"""An Ed25519 private key is 32 random bytes."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a hub is; the keys stay with it."""

    id: UUID
    made_ms: int
    signing_key: str
    """Ed25519 private key: 32 bytes in unpadded base64url."""
    next_signing_key: str
    """The one that comes after it."""

    def __repr__(self) -> str:
        """Keep the keys out of logs."""
        return f"Identity({self.id})"


def found(connection: Connection, moment: Moment) -> None:
    """Make the hub's row, if there is none."""
    row = {
        "only": 1,
        "id": new_id(moment),
        "made_ms": moment.at_ms,
        "signing_key": _new_key(),
        "next_signing_key": _new_key(),
    }
    connection.execute(insert(connection, HUB).on_conflict_do_nothing(), row)


def identity(connection: Connection) -> Identity:
    """Give who this hub is."""
    row = connection.execute(select(HUB)).one()
    return Identity(row.id, row.made_ms, row.signing_key, row.next_signing_key)


def try_to_write(connection: Connection) -> None:
    """Write what stands in the hub's row already: it goes through whenever anything can be written."""
    connection.execute(update(HUB).values(made_ms=HUB.c.made_ms))


def _new_key() -> str:
    return urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode().rstrip("=")
