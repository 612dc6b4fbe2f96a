"""`POST /v1/events`: where the answers of all kiosks come in. What is acknowledged is committed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from kiosk.hub.api.devices import TheDevice
from kiosk.hub.api.limits import body_within, said_bytes
from kiosk.hub.api.problems import Problem, busy
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pace import Crowded
from kiosk.hub.store.ingest import Taken, take
from kiosk.wire.ack import Ack
from kiosk.wire.base import BATCH_TYPE, PROBLEM_TYPE
from kiosk.wire.hub_keys import name_of
from kiosk.wire.problem import ProblemDetails, ProblemType
from kiosk.wire.reading import Batch, TooLarge, Unreadable, read_batch, unpacked

routes = APIRouter(prefix="/v1")

_EVENT_TYPE = "application/cloudevents+json"
_PLAIN, _GZIP = ("", "identity"), "gzip"

_Problem: dict[str, Any] = {"model": ProblemDetails, "content": {PROBLEM_TYPE: {}}}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"model": Ack, "description": "All is stored but what is in `rejected`."},
    **dict.fromkeys((400, 401, 410, 413, 415, 429, 503), _Problem),
}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "A batch of CloudEvents, or a single one; may be packed with gzip.",
        "content": {
            BATCH_TYPE: {"schema": {"type": "array", "items": {"type": "object"}}},
            _EVENT_TYPE: {"schema": {"type": "object"}},
        },
    }
}


async def _sent(request: Request, hub: TheHub, device: TheDevice) -> AsyncIterator[bytes]:
    """Read what a kiosk that is known sends, no faster than it may and no more."""
    if wait_s := hub.pace.wait_s(device.id):
        raise Problem(ProblemType.BUSY, "This kiosk sends too often.", wait_s, HTTPStatus.TOO_MANY_REQUESTS)
    limit = hub.settings.max_bytes
    with _room_for(hub, min(said_bytes(request.headers) or limit, limit)):
        yield await body_within(request, limit)


@contextmanager
def _room_for(hub: Hub, size: int) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(hub.room.held(size))
        except Crowded:
            raise busy("The hub has more to take than it can.") from None
        yield


@routes.post("/events", response_class=Response, responses=_RESPONSES, openapi_extra=_BODY)
def take_events(hub: TheHub, device: TheDevice, request: Request, sent: Annotated[bytes, Depends(_sent)]) -> Response:
    """Store a kiosk's records, each once however often it comes, and say what became of them."""
    batch = _read(request, sent, hub)
    now_ms = hub.now_ms()
    with hub.measures.seconds.time():
        taken = hub.database.write(lambda connection: take(connection, device, batch, now_ms), idempotent=True)
    _measure(hub, batch, taken)
    return Response(_ack(hub, taken).model_dump_json(), media_type="application/json")


def _read(request: Request, sent: bytes, hub: Hub) -> Batch:
    try:
        body = _plain(request.headers.get("content-encoding", ""), sent, hub.settings.max_bytes)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in (BATCH_TYPE, _EVENT_TYPE):
            raise _unknown_type(f"Events are sent as {BATCH_TYPE}.")
        return read_batch(b"[%s]" % body if kind == _EVENT_TYPE else body)
    except TooLarge as error:
        raise Problem(ProblemType.TOO_LARGE, str(error)) from None
    except Unreadable as error:
        raise Problem(ProblemType.UNREADABLE, str(error)) from None


def _plain(encoding: str, sent: bytes, limit: int) -> bytes:
    if encoding.strip().lower() in _PLAIN:
        return sent
    if encoding.strip().lower() == _GZIP:
        return unpacked(sent, limit)
    raise _unknown_type("A body may be packed with gzip, or not at all.")


def _unknown_type(detail: str) -> Problem:
    return Problem(ProblemType.UNREADABLE, detail, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def _ack(hub: Hub, taken: Taken) -> Ack:
    return Ack(
        accepted=taken.accepted,
        duplicate=taken.duplicates,
        rejected=taken.rejected,
        highest_sequence=taken.highest_seq,
        held_sequence=taken.held_seq,
        server_time=datetime.fromtimestamp(hub.now_ms() / 1000, UTC),
        next_sync_s=hub.settings.sync_seconds,
        hub=hub.database.identity.id,
        config_etag=taken.config_etag,
        hub_keys=name_of(hub.database.identity.public_keys),
        wanted_surveys=taken.wanted_surveys,
        erased=taken.erased,
    )


def _measure(hub: Hub, batch: Batch, taken: Taken) -> None:
    hub.measures.batch_size.observe(len(batch.events) + len(batch.rejected))
    hub.measures.accepted.inc(taken.accepted)
    hub.measures.duplicate.inc(taken.duplicates)
    for refused in taken.rejected:
        hub.measures.rejected.labels(refused.type.rpartition("/")[2]).inc()
