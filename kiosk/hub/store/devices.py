"""Kiosks that were let in: whose token this is, and what becomes of a token that must not be used any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select, update

from kiosk.errors import UsageError
from kiosk.hub.store.audit import note
from kiosk.hub.store.database import Database
from kiosk.hub.store.tables.fleet import DEVICE, DEVICE_TOKEN, LOCATION

LATE_MS = 300_000
"""How long after its end a token may still arrive, by a request that was on its way, before it means a copied card."""

_LISTED = 8
"""Kiosks that are named where words could mean several."""


class UnknownToken(Exception):
    """No kiosk may send with this token: it was made up, or its time is over."""


class Retired(Exception):
    """The kiosk was retired or replaced."""


@dataclass(frozen=True, slots=True)
class Device:
    """A kiosk that may send, with what its business days are reckoned by."""

    id: UUID
    location_id: UUID
    name: str
    zone: ZoneInfo
    day_ends_at: time
    enrolled_ms: int


_FACTS = (
    DEVICE.c.id,
    DEVICE.c.location_id,
    DEVICE.c.name,
    LOCATION.c.timezone,
    LOCATION.c.day_ends_at,
    DEVICE.c.enrolled_ms,
)
_PLACED = DEVICE.join(LOCATION, DEVICE.c.location_id == LOCATION.c.id)


def owner_of(database: Database, token_hash: str, now_ms: int) -> Device:
    """Give the kiosk whose token has this hash. Raises UnknownToken and Retired.

    The first use of a token ends the ones before it; the use of an ended one means that a card was copied.
    """
    with database.read() as connection:
        row = _find(connection, token_hash)
    if row is None:
        raise UnknownToken
    if row.retired_ms is not None:
        raise Retired
    if row.ended_ms is not None:
        if now_ms - row.ended_ms > LATE_MS and row.cloned_ms is None:
            database.write(lambda connection: mark_cloned(connection, row.id, now_ms, "an ended token was used"))
        raise UnknownToken
    if row.used_ms is None:
        database.write(lambda connection: _note_first_use(connection, row.id, token_hash, now_ms))
    return _device(row)


def active_devices(connection: Connection, location_id: UUID | None = None) -> Sequence[Device]:
    """Give the kiosks that may send, of one location or of all, by name."""
    query = select(*_FACTS).select_from(_PLACED).where(DEVICE.c.retired_ms.is_(None)).order_by(DEVICE.c.name)
    if location_id is not None:
        query = query.where(DEVICE.c.location_id == location_id)
    return [_device(row) for row in connection.execute(query)]


def device_called(connection: Connection, words: str) -> Device:
    """Give the kiosk with this id, with an id that begins so, or of this name. Raises UsageError unless it is one."""
    every = [_device(row) for row in connection.execute(select(*_FACTS).select_from(_PLACED))]
    found = [device for device in every if device.name == words or str(device.id).startswith(words.lower())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"There is no kiosk {words!r}.", "Give its id as the page of kiosks shows it.")
    raise _several(found, words)


def retire(connection: Connection, device_id: UUID, now_ms: int, by: UUID | None = None) -> bool:
    """Let a kiosk send no more; its answers stay. Tells whether it could until now. `by` is the person who says so."""
    query = update(DEVICE).where(DEVICE.c.id == device_id, DEVICE.c.retired_ms.is_(None))
    if not connection.execute(query.values(retired_ms=now_ms)).rowcount:
        return False
    note(connection, now_ms, "device.retired", str(device_id), by)
    return True


def mark_cloned(connection: Connection, device_id: UUID, now_ms: int, why: str) -> None:
    """Note that two kiosks seem to send as this one; only the first sight is kept."""
    query = update(DEVICE).where(DEVICE.c.id == device_id, DEVICE.c.cloned_ms.is_(None))
    if connection.execute(query.values(cloned_ms=now_ms)).rowcount:
        note(connection, now_ms, "device.cloned", f"{device_id}: {why}")


def _several(found: Sequence[Device], words: str) -> UsageError:
    are = "are called" if any(device.name == words for device in found) else "have an id that begins with"
    ids = [str(device.id) for device in found[:_LISTED]] + ["…"] * (len(found) > _LISTED)
    return UsageError(f"{len(found)} kiosks {are} {words!r}.", f"Give the id of the one you mean: {', '.join(ids)}")


def _find(connection: Connection, token_hash: str) -> Row[*tuple[Any, ...]] | None:
    token = DEVICE_TOKEN.c
    query = (
        select(*_FACTS, DEVICE.c.retired_ms, DEVICE.c.cloned_ms, token.used_ms, token.ended_ms)
        .select_from(_PLACED.join(DEVICE_TOKEN, token.device_id == DEVICE.c.id))
        .where(token.hash == token_hash)
    )
    return connection.execute(query).first()


def _note_first_use(connection: Connection, device_id: UUID, token_hash: str, now_ms: int) -> None:
    token = DEVICE_TOKEN.c
    own = update(DEVICE_TOKEN).where(token.device_id == device_id)
    connection.execute(own.where(token.hash == token_hash, token.used_ms.is_(None)).values(used_ms=now_ms))
    connection.execute(own.where(token.hash != token_hash, token.ended_ms.is_(None)).values(ended_ms=now_ms))


def _device(row: Row[*tuple[Any, ...]]) -> Device:
    return Device(row.id, row.location_id, row.name, ZoneInfo(row.timezone), row.day_ends_at, row.enrolled_ms)
