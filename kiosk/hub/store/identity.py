"""The hub's own row: its id, and the keys with which it signs what it tells its kiosks to be."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection, select, update

from kiosk.answer import new_id
from kiosk.clock import Moment
from kiosk.hub.store.dialects import insert
from kiosk.hub.store.tables.fleet import HUB
from kiosk.wire.keys import as_text, public_key_of

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

    @property
    def public_keys(self) -> tuple[str, str]:
        """Give what kiosks have to know to trust both."""
        return _public_keys(self.signing_key, self.next_signing_key)

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


def change_keys(connection: Connection) -> Identity:
    """Put the second key in the first one's place, and make another second one; give who the hub is now."""
    signing_key = identity(connection).next_signing_key
    connection.execute(update(HUB).values(signing_key=signing_key, next_signing_key=_new_key()))
    return identity(connection)


def try_to_write(connection: Connection) -> None:
    """Write what stands in the hub's row already: it goes through whenever anything can be written."""
    connection.execute(update(HUB).values(made_ms=HUB.c.made_ms))


def _new_key() -> str:
    return as_text(secrets.token_bytes(_KEY_BYTES))


@lru_cache(maxsize=4)
def _public_keys(*private_keys: str) -> tuple[str, str]:
    first, second = map(public_key_of, private_keys)
    return first, second
