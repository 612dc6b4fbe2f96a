"""What kiosks made of the configuration they were offered last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select

from kiosk.hub.store.dialects import insert
from kiosk.hub.store.tables.configs import CONFIG_STATE
from kiosk.hub.store.tables.fleet import DEVICE
from kiosk.wire.report import ConfigState

OFFERED, APPLIED, FAILED = "offered", "applied", "failed"

SILENT_MS = 1_800_000
"""A kiosk that fetched a configuration and has not said for so long what became of it counts as silent."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one kiosk made of a configuration."""

    device_id: UUID
    name: str
    etag: str
    state: str
    detail: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a location's kiosks made of one revision."""

    applied: int
    failed: int
    silent: int
    undecided: int
    """Fetched it a short while ago."""

    @property
    def bad(self) -> int:
        """Count the kiosks that it did no good."""
        return self.failed + self.silent

    @property
    def all(self) -> int:
        """Count the kiosks that fetched it."""
        return self.applied + self.bad + self.undecided


def note_offered(connection: Connection, device_id: UUID, etag: str, now_ms: int) -> None:
    """Note that a kiosk fetched a configuration; of one that it judged before, the verdict stays."""
    known = state_of(connection, device_id)
    if known is None or known.etag != etag:
        _write(connection, device_id, etag, OFFERED, "", now_ms)


def hear_verdict(connection: Connection, device_id: UUID, said: ConfigState, now_ms: int) -> bool:
    """Keep what a kiosk says of its configuration; tell whether that is news."""
    known = state_of(connection, device_id)
    if said.state == "own" or (known and (known.etag, known.state) == (said.etag, said.state)):
        return False
    _write(connection, device_id, said.etag, said.state, said.detail, now_ms)
    return True


def state_of(connection: Connection, device_id: UUID) -> Said | None:
    """Give what a kiosk said last."""
    row = connection.execute(_SAID.where(CONFIG_STATE.c.device_id == device_id)).first()
    return Said(*row) if row else None


def said_in(connection: Connection, location_id: UUID) -> Sequence[Said]:
    """Give what each of a location's kiosks said last, by name; those that may not send any more are left out."""
    query = _SAID.where(DEVICE.c.location_id == location_id, DEVICE.c.retired_ms.is_(None))
    return [Said(*row) for row in connection.execute(query.order_by(DEVICE.c.name))]


def verdicts_on(connection: Connection, location_id: UUID, etag: str, now_ms: int) -> Verdicts:
    """Count what a location's kiosks made of one revision."""
    said = [each for each in said_in(connection, location_id) if each.etag == etag]
    waiting = [each for each in said if each.state == OFFERED]
    silent = sum(now_ms - each.at_ms > SILENT_MS for each in waiting)
    applied, failed = (sum(each.state == state for each in said) for state in (APPLIED, FAILED))
    return Verdicts(applied, failed, silent, len(waiting) - silent)


_SAID = select(
    CONFIG_STATE.c.device_id,
    DEVICE.c.name,
    CONFIG_STATE.c.etag,
    CONFIG_STATE.c.state,
    CONFIG_STATE.c.detail,
    CONFIG_STATE.c.at_ms,
).join(DEVICE, DEVICE.c.id == CONFIG_STATE.c.device_id)


def _write(connection: Connection, device_id: UUID, etag: str, state: str, detail: str, now_ms: int) -> None:
    row = {"device_id": device_id, "etag": etag, "state": state, "detail": detail, "at_ms": now_ms}
    new = insert(connection, CONFIG_STATE)
    changes = {name: new.excluded[name] for name in ("etag", "state", "detail", "at_ms")}
    connection.execute(new.on_conflict_do_update(index_elements=["device_id"], set_=changes), row)
