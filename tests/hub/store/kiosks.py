"""A kiosk as the hub's store sees it: a device that was let in, and the events that it sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from kiosk.answer import Outcome
from kiosk.clock import Moment
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.ingest import Taken, take
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION
from kiosk.wire.event import ERASE, REPORT, SURVEY
from kiosk.wire.reading import read_batch
from kiosk.wire.writing import Event, answer_event, body_of, counted_event, plain_event, visit_event
from tests.records import answer_at, visit_at

NOON_MS = 1_795_341_600_000
"""Sunday 22 November 2026, 12:00 in Helsinki."""
DAY_ENDS_AT = time(4, 0)

_SCALES = {"smiley": 5, "nps": 11, "choice": None, "text": None}


def let_in(database: Database, day_ends_at: time = DAY_ENDS_AT, device_id: UUID | None = None) -> Device:
    """Let a kiosk in, at a place of its own."""
    device = Device(device_id or uuid4(), uuid4(), "Kassa 1", ZoneInfo("Europe/Helsinki"), day_ends_at, NOON_MS)

    def work(connection: Connection) -> None:
        place = {"id": device.location_id, "name": str(device.location_id), "timezone": device.zone.key}
        connection.execute(insert(LOCATION).values(**place, day_ends_at=day_ends_at, made_ms=NOON_MS))
        own = {"id": device.id, "location_id": device.location_id, "name": device.name, "public_key": "k" * 43}
        connection.execute(insert(DEVICE).values(**own, enrolled_ms=NOON_MS))

    database.write(work)
    return device


def send(database: Database, device: Device, *events: Event, now_ms: int = NOON_MS) -> Taken:
    """Send events as one batch."""
    batch = read_batch(body_of(events))
    return database.write(lambda connection: take(connection, device, batch, now_ms), idempotent=True)


@dataclass(slots=True)
class Maker:
    """Makes the events of one device, counted from 1."""

    device_id: UUID
    seq: int = 0

    def answer(self, at_ms: int = NOON_MS, seq: int | None = None, **fields: Any) -> Event:
        """Give an answer: 4 of 5 faces, unless said otherwise."""
        kind = fields.setdefault("kind", "smiley")
        fields.setdefault("points", _SCALES[kind])
        fields.setdefault("question", kind)
        if kind == "smiley":
            fields.setdefault("value", 4)
        return answer_event(answer_at(_moment(at_ms), seq=self._next(seq), **fields), at_ms, self.device_id)

    def visit(self, at_ms: int = NOON_MS, outcome: Outcome = Outcome.COMPLETE, **fields: Any) -> Event:
        """Give a visit's end."""
        visit = visit_at(_moment(at_ms), seq=self._next(None), outcome=outcome, **fields)
        return visit_event(visit, at_ms, self.device_id)

    def erasure(self, answer_id: UUID | str) -> Event:
        """Give the erasure of an answer's text."""
        data = {"answer_id": str(answer_id), "erased_ms": NOON_MS}
        return counted_event(ERASE, uuid4(), self._next(None), NOON_MS, self.device_id, data)

    def report(self, **fields: Any) -> Event:
        """Give what the kiosk says of itself."""
        said = {
            "version": "0.1.0",
            "schema_version": 3,
            "survey_revision": "0123456789ab",
            "now_ms": NOON_MS - 1_500,
            "boot_id": "boot",
            "boot_ms": 600_000,
            "clock_state": "synced",
            "config": {"etag": "", "state": "own"},
        }
        return plain_event(REPORT, uuid4(), NOON_MS, self.device_id, {**said, **fields})

    def survey(self, revision: str) -> Event:
        """Give what a revision asks."""
        return plain_event(SURVEY, uuid4(), NOON_MS, self.device_id, {"revision": revision, "document": {"kiosk": {}}})

    def _next(self, seq: int | None) -> int:
        if seq is None:
            self.seq += 1
            return self.seq
        return seq


def _moment(at_ms: int) -> Moment:
    return Moment(at_ms, "boot", 600_000, "synced")
