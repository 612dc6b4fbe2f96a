"""Whether anything has happened at a place today, asked often and answered cheaply."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, select

from kiosk.hub.store.tables.counts import DAY_COUNT
from kiosk.hub.store.tables.fleet import DEVICE


def pulse(connection: Connection, location_id: UUID, day: date) -> str:
    """Give numbers that change with every answer of a business day that is stored, changed or taken back."""
    sums = (func.sum(DAY_COUNT.c.n), func.sum(DAY_COUNT.c.superseded))
    of_place = DEVICE.join(DAY_COUNT, DAY_COUNT.c.device_id == DEVICE.c.id)
    query = select(*sums).select_from(of_place).where(DEVICE.c.location_id == location_id, DAY_COUNT.c.day == day)
    given, superseded = connection.execute(query).one()
    return f"{given or 0}-{superseded or 0}"
