"""Whether anything has happened at a place today, asked often and answered cheaply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, select

from kiosk.hub.store.tables.counts import DAY_COUNT


def pulse(connection: Connection, devices: Sequence[UUID], day: date) -> str:
    """Give numbers that change with every answer of a business day that is stored, changed or taken back."""
    sums = (func.sum(DAY_COUNT.c.n), func.sum(DAY_COUNT.c.superseded))
    query = select(*sums).where(DAY_COUNT.c.device_id.in_(devices), DAY_COUNT.c.day == day)
    given, superseded = connection.execute(query).one()
    return f"{given or 0}-{superseded or 0}"
