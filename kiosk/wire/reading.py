"""From the body of a request to events: bounded, and one bad event never spoils the others."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from kiosk.wire.ack import Rejected
from kiosk.wire.base import MAX_BYTES, MAX_EVENTS
from kiosk.wire.event import ANSWER, ERASE, REPORT, SURVEY, VISIT, Event
from kiosk.wire.problem import ProblemType

_BATCH: TypeAdapter[list[Event]] = TypeAdapter(list[Event])
_ONE: TypeAdapter[Event] = TypeAdapter(Event)
_GZIP = 16 + zlib.MAX_WBITS
_KNOWN = frozenset({ANSWER, VISIT, ERASE, REPORT, SURVEY})


class TooLarge(ValueError):
    """The body holds more bytes or events than a batch may."""


class Unreadable(ValueError):
    """The body is not gzip, not JSON, or not an array."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a request held."""

    events: Sequence[tuple[int, Event]]
    """Each with its place in the batch."""
    rejected: Sequence[Rejected]


def unpacked(body: bytes, limit: int = MAX_BYTES) -> bytes:
    """Unpack gzip, but no more than `limit` bytes. Raises TooLarge, and Unreadable for what is not whole."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        content = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise Unreadable("the body is not gzip") from error
    if len(content) > limit:
        raise TooLarge(f"the body unpacks to more than {limit} bytes")
    if not unpacker.eof:
        raise Unreadable("the body was cut short")
    return content


def read_batch(body: bytes) -> Batch:
    """Read a batch. Raises TooLarge and Unreadable; a single bad event lands in `rejected`."""
    if len(body) > MAX_BYTES:
        raise TooLarge(f"the body has more than {MAX_BYTES} bytes")
    try:
        events = _BATCH.validate_json(body)
    except ValidationError:
        return _read_one_by_one(body)
    _require_few(events)
    return Batch(list(enumerate(events)), ())


def _read_one_by_one(body: bytes) -> Batch:
    members = _members(body)
    _require_few(members)
    events: list[tuple[int, Event]] = []
    rejected: list[Rejected] = []
    for position, member in enumerate(members):
        try:
            events.append((position, _ONE.validate_json(json.dumps(member))))
        except ValidationError as error:
            rejected.append(_rejected(position, member, error))
    return Batch(events, rejected)


def _members(body: bytes) -> list[Any]:
    try:
        members = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the body is not JSON") from error
    if not isinstance(members, list):
        raise Unreadable("the body is not an array of events")
    return members


def _require_few(members: Sequence[object]) -> None:
    if len(members) > MAX_EVENTS:
        raise TooLarge(f"the batch holds more than {MAX_EVENTS} events")


def _rejected(position: int, member: Any, error: ValidationError) -> Rejected:
    event = member if isinstance(member, dict) else {}
    if isinstance(event.get("type"), str) and event["type"] not in _KNOWN:
        return _refusal(position, event, ProblemType.UNKNOWN_TYPE, "this hub does not know the event's type")
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"] if part not in _KNOWN) or "event"
    return _refusal(position, event, ProblemType.INVALID, f"{place}: {first['msg']}"[:400])


def _refusal(position: int, event: dict[str, Any], problem: ProblemType, detail: str) -> Rejected:
    try:
        known = UUID(event.get("id", ""))
    except (ValueError, TypeError, AttributeError):
        known = None
    return Rejected(id=known, position=position, type=problem.uri, detail=detail)
