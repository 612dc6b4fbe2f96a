"""Places as pages show them: a location with its kiosks, and the survey that its figures are named with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, func, select

from kiosk.config import Config
from kiosk.hub.store.surveys import config_from
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION, SURVEY

Seen = Collection[UUID] | None
"""The locations that somebody may see; None for all."""


class PlaceName(NamedTuple):
    """A location to choose."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A location, with all that figures of it need."""

    id: UUID
    name: str
    zone: ZoneInfo
    day_ends_at: time
    devices: tuple[UUID, ...]
    """Its kiosks, the retired ones among them: their answers stay."""
    config: Config | None
    """As the kiosk that told it last asks; None as long as none has told anything that this hub can read."""


def place_names(connection: Connection, seen: Seen) -> Sequence[PlaceName]:
    """Give the places that somebody may see, by name."""
    query = of_seen(select(LOCATION.c.id, LOCATION.c.name), seen).order_by(func.lower(LOCATION.c.name))
    return [PlaceName(row.id, row.name) for row in connection.execute(query)]


def place(connection: Connection, location_id: UUID) -> Place | None:
    """Give one place; None when there is none."""
    found = connection.execute(select(LOCATION).where(LOCATION.c.id == location_id)).first()
    if found is None:
        return None
    devices = connection.execute(select(DEVICE.c.id).where(DEVICE.c.location_id == location_id).order_by(DEVICE.c.id))
    config = _config(connection, location_id, found.name, found.timezone, found.day_ends_at)
    return Place(location_id, found.name, ZoneInfo(found.timezone), found.day_ends_at, tuple(devices.scalars()), config)


def of_seen(query: Select[Any], seen: Seen) -> Select[Any]:
    """Bound a query to the places that somebody may see."""
    return query if seen is None else query.where(LOCATION.c.id.in_(list(seen)))


def _config(connection: Connection, location_id: UUID, name: str, timezone: str, day_ends_at: time) -> Config | None:
    told = select(SURVEY.c.document).join(DEVICE, DEVICE.c.id == SURVEY.c.device_id)
    newest = told.where(DEVICE.c.location_id == location_id).order_by(SURVEY.c.received_ms.desc(), SURVEY.c.revision)
    for document in connection.execute(newest.limit(8)).scalars():
        if config := config_from(document, name, timezone, day_ends_at):
            return config
    return None


def usual_calendar(connection: Connection, seen: Seen) -> tuple[ZoneInfo, time]:
    """Give the time zone, and the end of the business day, that most of these places have; UTC and 4 without any."""
    alike = (LOCATION.c.timezone, LOCATION.c.day_ends_at)
    query = of_seen(select(*alike), seen).group_by(*alike).order_by(func.count().desc(), *alike).limit(1)
    found = connection.execute(query).first()
    return (ZoneInfo(found.timezone), found.day_ends_at) if found else (ZoneInfo("UTC"), time(4))
