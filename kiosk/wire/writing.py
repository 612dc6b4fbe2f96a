"""From records to the body of a request. Plain JSON objects: a kiosk makes 60,000 of them after a month offline."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kiosk.answer import Answer, Record, Visit
from kiosk.wire.event import ANSWER, SOURCE, VISIT

Event = dict[str, Any]
"""A CloudEvent as a JSON object."""

_GZIP_LEVEL = 6
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def answer_event(answer: Answer, corrected_ms: int, device_id: UUID) -> Event:
    """Give an answer as an event; `answer` has been counted (`seq`), `corrected_ms` is its UTC time."""
    data = {
        **_record_data(answer),
        "question": answer.question,
        "kind": answer.kind,
        "points": answer.points,
        "value": answer.value,
        "choices": answer.choices,
        "text": answer.text,
        "supersedes": str(answer.supersedes) if answer.supersedes else None,
        "marks": answer.marks,
    }
    return _counted(ANSWER, answer, corrected_ms, device_id, data)


def visit_event(visit: Visit, corrected_ms: int, device_id: UUID) -> Event:
    """Give a visit's end as an event."""
    data = {
        **_record_data(visit),
        "outcome": visit.outcome.value,
        "follow_ups": visit.follow_ups,
        "review_shown": visit.review_shown,
        "answering_ms": visit.answering_ms,
        "duration_ms": visit.duration_ms,
    }
    return _counted(VISIT, visit, corrected_ms, device_id, data)


def plain_event(kind: str, event_id: UUID, at_ms: int, device_id: UUID, data: dict[str, Any]) -> Event:
    """Give an event that is no record: a report or a survey."""
    return {
        "specversion": "1.0",
        "id": str(event_id),
        "source": f"{SOURCE}{device_id}",
        "type": kind,
        "time": iso_time(at_ms),
        "datacontenttype": "application/json",
        "data": data,
    }


def counted_event(kind: str, event_id: UUID, seq: int, at_ms: int, device_id: UUID, data: dict[str, Any]) -> Event:
    """Give an event for a record with a sequence number."""
    return {**plain_event(kind, event_id, at_ms, device_id, data), "sequence": f"{seq:020d}"}


def encoded(event: Event) -> bytes:
    """Give the bytes of one event."""
    return _json(event).encode()


def body_of(events: Iterable[Event]) -> bytes:
    """Give the body of a batch, not packed yet."""
    return joined(map(encoded, events))


def joined(encoded_events: Iterable[bytes]) -> bytes:
    """Give the body of a batch of events that are bytes already."""
    return b"[" + b",".join(encoded_events) + b"]"


def packed(body: bytes) -> bytes:
    """Pack a body; the same body always becomes the same bytes."""
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


def iso_time(at_ms: int) -> str:
    """Write an instant (UTC milliseconds) as RFC 3339 has it."""
    seconds, milliseconds = divmod(at_ms, 1000)
    whole = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()
    return f"{whole}.{milliseconds:03d}Z"


def _counted(kind: str, record: Record, corrected_ms: int, device_id: UUID, data: dict[str, Any]) -> Event:
    if record.seq is None:
        raise ValueError(f"record {record.id} has no sequence number yet")
    return counted_event(kind, record.id, record.seq, corrected_ms, device_id, data)


def _record_data(record: Record) -> dict[str, Any]:
    return {
        "visit_id": str(record.visit_id),
        "survey_revision": record.survey_revision,
        "language": record.language,
        "layout": record.layout,
        "touchpoint": record.touchpoint,
        "context": dict(record.context),
        "clock": {
            "at_ms": record.at_ms,
            "boot_id": record.boot_id,
            "boot_ms": record.boot_ms,
            "state": record.clock_state,
        },
    }
