"""Whether anything has happened at some places today, asked often and answered cheaply."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, select

from kiosk.hub.store.tables.counts import DAY_COUNT
from kiosk.hub.store.tables.fleet import DEVICE


def pulse(connection: Connection, locations: Collection[UUID], days: Collection[date]) -> str:
    """Give numbers that change with every answer of some business days that is stored, changed or taken back."""
    sums = (func.sum(DAY_COUNT.c.n), func.sum(DAY_COUNT.c.superseded))
    of_places = DEVICE.join(DAY_COUNT, DAY_COUNT.c.device_id == DEVICE.c.id)
    wanted = (DEVICE.c.location_id.in_(list(locations)), DAY_COUNT.c.day.in_(list(days)))
    given, superseded = connection.execute(select(*sums).select_from(of_places).where(*wanted)).one()
    return f"{given or 0}-{superseded or 0}"
