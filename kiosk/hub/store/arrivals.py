"""From events to rows: what a kiosk sent, cleaned and with the fingerprint by which a resend is known."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from kiosk.hub.store.devices import Device
from kiosk.text import clean
from kiosk.wire.ack import Rejected
from kiosk.wire.event import SOURCE, AnswerEvent, EraseEvent, RecordEvent, ReportEvent, SurveyEvent, VisitEvent
from kiosk.wire.problem import ProblemType
from kiosk.wire.reading import Batch

RowValues = dict[str, Any]

_EARLIEST_MS = 1_767_225_600_000
"""The beginning of 2026: no kiosk is older, so a clock that says so is wrong."""
_AHEAD_MS = 86_400_000
"""How far ahead of the hub's own a kiosk's clock is believed."""

_cleaned = lru_cache(maxsize=4096)(clean)  # names and places, the same in thousands of records


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record of a batch."""

    position: int
    event: RecordEvent
    seq: int
    digest: bytes


@dataclass(slots=True)
class Arrivals:
    """What a batch holds, sorted by kind; each kind in the order of the batch."""

    records: list[Arrival] = field(default_factory=list)
    reports: list[ReportEvent] = field(default_factory=list)
    surveys: list[SurveyEvent] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def reject(self, arrival: Arrival, problem: ProblemType, detail: str) -> None:
        """Refuse a record for good."""
        refusal = Rejected(id=arrival.event.id, position=arrival.position, type=problem.uri, detail=detail)
        self.rejected.append(refusal)


def arrivals_of(batch: Batch, device_id: UUID) -> Arrivals:
    """Sort what a kiosk sent; what names another kiosk as its source is rejected."""
    sorted_out, source = Arrivals(rejected=list(batch.rejected)), f"{SOURCE}{device_id}"
    for position, event in batch.events:
        if event.source != source:
            refusal = "the event is of another kiosk than the one that sent it"
            sorted_out.rejected.append(
                Rejected(id=event.id, position=position, type=ProblemType.FOREIGN.uri, detail=refusal)
            )
        elif isinstance(event, ReportEvent):
            sorted_out.reports.append(event)
        elif isinstance(event, SurveyEvent):
            sorted_out.surveys.append(event)
        else:
            sorted_out.records.append(Arrival(position, event, event.seq, digest(event)))
    return sorted_out


def digest(event: RecordEvent) -> bytes:
    """Give the fingerprint of what a record says.

    Left out are an answer's text, which may be erased, and `time`, which a kiosk corrects once it knows better. The
    members are those of version 1, one by one: one that a later hub understands changes no fingerprint.
    """
    return hashlib.sha256(to_json([event.type, event.id, event.sequence, *_said(event)])).digest()


def answer_row(arrival: Arrival, device: Device, now_ms: int) -> RowValues:
    """Give the columns of an answer."""
    event = arrival.event
    assert isinstance(event, AnswerEvent)
    data = event.data
    return {
        **_record_row(arrival, event, device, now_ms),
        "question": _cleaned(data.question),
        "kind": data.kind,
        "points": data.points or 0,
        "value": data.value,
        "choices": _array(data.choices),
        "text": None if data.text is None else clean(data.text),
        "supersedes": data.supersedes,
        "superseded": 0,
        "marks": _array(data.marks),
    }


def visit_row(arrival: Arrival, device: Device, now_ms: int) -> RowValues:
    """Give the columns of a visit's end."""
    event = arrival.event
    assert isinstance(event, VisitEvent)
    data = event.data
    return {
        **_record_row(arrival, event, device, now_ms),
        "outcome": data.outcome.value,
        "follow_ups": _array(data.follow_ups),
        "review_shown": data.review_shown,
        "answering_ms": data.answering_ms,
        "duration_ms": data.duration_ms,
    }


def milliseconds(time: datetime) -> int:
    """Give an instant in UTC milliseconds, exactly."""
    return int(time.timestamp()) * 1000 + time.microsecond // 1000


def _record_row(arrival: Arrival, event: AnswerEvent | VisitEvent, device: Device, now_ms: int) -> RowValues:
    data, at_ms = event.data, milliseconds(event.time)
    return {
        "device_id": device.id,
        "id": event.id,
        "seq": arrival.seq,
        "digest": arrival.digest,
        "visit_id": data.visit_id,
        "at_ms": at_ms,
        "is_timed": _is_timed(event, at_ms, now_ms),
        "received_ms": now_ms,
        "survey_revision": _cleaned(data.survey_revision),
        "language": _cleaned(data.language),
        "layout": _cleaned(data.layout),
        "touchpoint": _cleaned(data.touchpoint),
        "context": _context(data.context),
        "clock": data.clock.model_dump_json(),
    }


def _is_timed(event: AnswerEvent | VisitEvent, at_ms: int, now_ms: int) -> bool:
    """Tell whether the time of day can be believed; an instant that cannot be is kept all the same."""
    clock = event.data.clock
    was_set = clock.state != "unsynced" or at_ms != clock.at_ms
    return was_set and _EARLIEST_MS <= at_ms <= now_ms + _AHEAD_MS


def _said(event: RecordEvent) -> list[Any]:
    if isinstance(event, EraseEvent):
        return [event.data.answer_id]
    data = event.data
    common = [
        data.visit_id,
        data.survey_revision,
        data.language,
        data.layout,
        data.touchpoint,
        sorted(data.context.items()),
        sorted(_clock(event).items()),
    ]
    if isinstance(event, AnswerEvent):
        scale = [event.data.question, event.data.kind, event.data.points]
        return [*common, *scale, event.data.value, event.data.choices, event.data.supersedes, event.data.marks]
    visit = event.data
    lengths = [visit.answering_ms, visit.duration_ms]
    return [*common, visit.outcome.value, visit.follow_ups, visit.review_shown, *lengths]


def _clock(event: AnswerEvent | VisitEvent) -> RowValues:
    clock = event.data.clock
    return {"at_ms": clock.at_ms, "boot_id": clock.boot_id, "boot_ms": clock.boot_ms, "state": clock.state}


def _json(content: Any) -> str:
    return to_json(content).decode()


def _context(known: Mapping[str, str]) -> str:
    return _json({_cleaned(name): _cleaned(said) for name, said in known.items()}) if known else "{}"


def _array(words: Sequence[str]) -> str:
    return _json([_cleaned(word) for word in words]) if words else "[]"
