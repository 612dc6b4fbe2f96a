"""Shops and restaurants: where kiosks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import Connection, insert, select, update

from kiosk.answer import new_id
from kiosk.clock import Moment
from kiosk.hub.store.audit import note
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION
from kiosk.text import clean
from kiosk.wire.enrolment import Home

UNNAMED = "New location"
"""What a place is called until its first kiosk brings a name."""
_UNSAID = ZoneInfo("UTC")
DAY_ENDS_AT = time(4)
"""Where nobody said otherwise, as in kiosk.toml."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place, and what its business days are reckoned by."""

    id: UUID
    name: str
    zone: ZoneInfo
    day_ends_at: time


_FACTS = select(LOCATION.c.id, LOCATION.c.name, LOCATION.c.timezone, LOCATION.c.day_ends_at)


def all_locations(connection: Connection) -> Sequence[Location]:
    """Give every place, by name."""
    return [_location(*row) for row in connection.execute(_FACTS.order_by(LOCATION.c.name))]


def location(connection: Connection, location_id: UUID) -> Location | None:
    """Give one place; None when there is none."""
    row = connection.execute(_FACTS.where(LOCATION.c.id == location_id)).first()
    return _location(*row) if row else None


def location_named(connection: Connection, name: str) -> Location | None:
    """Give the place of this name; None when there is none."""
    row = connection.execute(_FACTS.where(LOCATION.c.name == name)).first()
    return _location(*row) if row else None


def add_location(connection: Connection, name: str, zone: ZoneInfo, moment: Moment) -> Location:
    """Open a place. Its name must be new."""
    made = Location(new_id(moment), name, zone, DAY_ENDS_AT)
    row = {"id": made.id, "name": name, "timezone": zone.key, "day_ends_at": DAY_ENDS_AT, "made_ms": moment.at_ms}
    connection.execute(insert(LOCATION).values(row))
    return made


def settle(connection: Connection, location_id: UUID, home: Home) -> None:
    """Let the first kiosk of a place bring what nobody said when the place was opened.

    Nothing is counted there yet, so that no answer changes its business day.
    """
    place = location(connection, location_id)
    if place is None or connection.execute(select(DEVICE.c.id).where(DEVICE.c.location_id == location_id)).first():
        return
    name, brings = clean(home.location), dict[str, Any](day_ends_at=home.day_ends_at)
    if place.name == UNNAMED and name and location_named(connection, name) is None:
        brings["name"] = name
    if place.zone == _UNSAID and home.timezone in available_timezones():
        brings["timezone"] = home.timezone
    connection.execute(update(LOCATION).where(LOCATION.c.id == location_id).values(brings))


def keep_texts(connection: Connection, name: str, days: int, now_ms: int) -> bool:
    """Keep what customers write at the place of this name for so many days; False where there is no such place."""
    known = (
        connection.execute(update(LOCATION).where(LOCATION.c.name == name).values(keep_text_days=days)).rowcount == 1
    )
    if known:
        note(connection, now_ms, "keep_texts", f"{name}: {days}")
    return known


def _location(location_id: UUID, name: str, timezone: str, day_ends_at: time) -> Location:
    return Location(location_id, name, ZoneInfo(timezone), day_ends_at)
