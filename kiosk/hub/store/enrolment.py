"""Letting a kiosk in: one transaction, from the code to the token."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, insert, update

from kiosk.hub.store.audit import note
from kiosk.hub.store.codes import CodeUse, use_code
from kiosk.hub.store.device_tokens import begin_with_token, device_key
from kiosk.hub.store.locations import Location, location, settle
from kiosk.hub.store.tables.fleet import DEVICE
from kiosk.wire.enrolment import Home


class OtherKey(Exception):
    """A kiosk with this id is known, and it holds another key."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A kiosk that asks to be let in; it has proved that it holds the key."""

    device_id: UUID
    public_key: str
    name: str
    home: Home | None = None
    """Where it says it stands."""


def enrol(connection: Connection, newcomer: Newcomer, code: str, token_hash: str, now_ms: int) -> Location:
    """Let a kiosk in with a code, and give its location. Raises WrongCode and OtherKey.

    A kiosk that was let in before, and perhaps retired, comes back as itself. One that it replaces is retired.
    """
    use = use_code(connection, code, newcomer.device_id, now_ms)
    known_key = device_key(connection, newcomer.device_id)
    if known_key not in (None, newcomer.public_key):
        raise OtherKey
    if newcomer.home:
        settle(connection, use.location_id, newcomer.home)
    if known_key is None:
        _welcome(connection, newcomer, use, now_ms)
    else:
        _welcome_back(connection, newcomer, use, now_ms)
    begin_with_token(connection, newcomer.device_id, token_hash, now_ms)
    _replace(connection, use, newcomer.device_id, now_ms)
    note(connection, now_ms, "device.enrolled", str(newcomer.device_id))
    place = location(connection, use.location_id)
    assert place is not None, "a code's location is never removed"
    return place


def _welcome(connection: Connection, newcomer: Newcomer, use: CodeUse, now_ms: int) -> None:
    row = {
        "id": newcomer.device_id,
        "location_id": use.location_id,
        "name": newcomer.name,
        "public_key": newcomer.public_key,
        "enrolled_ms": now_ms,
    }
    connection.execute(insert(DEVICE).values(row))


def _welcome_back(connection: Connection, newcomer: Newcomer, use: CodeUse, now_ms: int) -> None:
    fresh = {"retired_ms": None, "replaced_by": None, "cloned_ms": None, "enrolled_ms": now_ms}
    query = update(DEVICE).where(DEVICE.c.id == newcomer.device_id)
    connection.execute(query.values(location_id=use.location_id, name=newcomer.name, **fresh))


def _replace(connection: Connection, use: CodeUse, device_id: UUID, now_ms: int) -> None:
    """Retire the kiosk whose place is taken; also one that was retired before learns who took it."""
    if use.replaces in (None, device_id):
        return
    old = update(DEVICE).where(DEVICE.c.id == use.replaces)
    connection.execute(old.values(replaced_by=device_id))
    if connection.execute(old.where(DEVICE.c.retired_ms.is_(None)).values(retired_ms=now_ms)).rowcount:
        note(connection, now_ms, "device.replaced", f"{use.replaces} by {device_id}")
