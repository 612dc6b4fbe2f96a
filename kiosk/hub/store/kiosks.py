"""The kiosks of the fleet with the last that each said of itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, String, select, type_coerce

from kiosk.hub.store.places import Seen
from kiosk.hub.store.tables.fleet import DEVICE, DEVICE_STATE, LOCATION


class Told(NamedTuple):
    """What a kiosk said with its last batch; what it left out is None, 0 or empty."""

    seen_ms: int
    offset_ms: int
    """Hub's clock less the kiosk's."""
    refused: int
    """Records that the hub would not take."""
    refused_ms: int | None
    """When the newest of them was refused, or the kiosk first told of it."""
    version: str
    waiting: int
    oldest_waiting_ms: int | None
    last_tap_ms: int | None
    disk_free_bytes: int | None
    temperature_c: float | None
    clock_state: str
    config_failure: str | None
    """Why it could not use the configuration that it was offered last; None where it could."""
    problems: tuple[str, ...]


class KnownKiosk(NamedTuple):
    """A kiosk that was let in."""

    key: object
    """Its id as the driver has it, like that of its location: of thousands, few are ever made objects."""
    name: str
    location_key: object
    location: str
    enrolled_ms: int
    retired_ms: int | None
    cloned_ms: int | None
    """When two kiosks were first seen to send as this one."""
    told: Told | None
    """None as long as it was never heard of."""

    @property
    def id(self) -> UUID:
        """Give the kiosk's id."""
        return UUID(str(self.key))

    @property
    def location_id(self) -> UUID:
        """Give the id of its location."""
        return UUID(str(self.location_key))


def kiosks(connection: Connection, seen: Seen) -> Sequence[KnownKiosk]:
    """Give the kiosks of the locations that somebody may see, by location and name."""
    query = _facts().order_by(LOCATION.c.name, DEVICE.c.name, DEVICE.c.id)
    if seen is not None:
        query = query.where(DEVICE.c.location_id.in_(list(seen)))
    return [_kiosk(row) for row in connection.execute(query).all()]


def kiosk(connection: Connection, device_id: UUID) -> KnownKiosk | None:
    """Give one kiosk; None when there is none."""
    row = connection.execute(_facts().where(DEVICE.c.id == device_id)).first()
    return _kiosk(row) if row else None


def _facts() -> Select[Any]:
    keys: list[ColumnElement[Any]] = [
        type_coerce(DEVICE.c[name], String).label(f"{name}_key") for name in ("id", "location_id")
    ]
    device = [DEVICE.c[name] for name in ("name", "enrolled_ms", "retired_ms", "cloned_ms")]
    state = [DEVICE_STATE.c[name] for name in ("seen_ms", "offset_ms", "rejected", "parked", "refused_ms", "report")]
    placed = DEVICE.join(LOCATION, LOCATION.c.id == DEVICE.c.location_id)
    told = placed.outerjoin(DEVICE_STATE, DEVICE_STATE.c.device_id == DEVICE.c.id)
    return select(*keys, *device, LOCATION.c.name.label("location"), *state).select_from(told)


def _kiosk(row: Row[Any]) -> KnownKiosk:
    return KnownKiosk(
        *(row.id_key, row.name, row.location_id_key, row.location, row.enrolled_ms, row.retired_ms, row.cloned_ms),
        told=None if row.seen_ms is None else _told(row),
    )


def _told(row: Row[Any]) -> Told:
    report: dict[str, Any] = json.loads(row.report)
    config = report.get("config") or {}
    return Told(
        *(row.seen_ms, row.offset_ms, max(row.rejected, row.parked), row.refused_ms, report.get("version", "")),
        *(report.get("waiting") or 0, report.get("oldest_waiting_ms"), report.get("last_tap_ms")),
        *(report.get("disk_free_bytes"), report.get("temperature_c"), report.get("clock_state", "synced")),
        config_failure=config.get("detail", "") if config.get("state") == "failed" else None,
        problems=tuple(report.get("problems") or ()),
    )
