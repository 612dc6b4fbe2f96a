"""The hub as a destination: it is believed only what it says in its own form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Protocol
from uuid import UUID

from pydantic import ValidationError

from kiosk.store.delivery import Outgoing, Refusal
from kiosk.sync.backoff import asked_wait
from kiosk.sync.batch import Batch
from kiosk.sync.destination import CannotSend
from kiosk.sync.reply import Reply
from kiosk.sync.sender import Request
from kiosk.sync.trouble import Trouble, trouble_of
from kiosk.sync.verdict import Failed, NotAsItIs, Taken, Verdict
from kiosk.wire.ack import Ack, Rejected
from kiosk.wire.base import BATCH_TYPE, MAX_EVENTS
from kiosk.wire.problem import ProblemDetails, ProblemType
from kiosk.wire.writing import packed

_PATH = "/v1/events"
_HALVED = (400, 413, 415)


class Pass(Protocol):
    """What a hub gave when it let the kiosk in."""

    @property
    def url(self) -> str:
        """Give where the hub is, without a slash at the end."""

    @property
    def hub(self) -> UUID:
        """Give the hub's own id."""

    @property
    def token(self) -> str:
        """Give what the hub knows the kiosk by."""


class HubDestination:
    """One hub, as long as the kiosk is enrolled there."""

    most_events = MAX_EVENTS - 2  # a report and a survey go along
    usual_seconds = 300.0

    def __init__(self, hub: UUID, current_pass: Callable[[], Pass | None], now_ms: Callable[[], int]) -> None:
        """Send to the hub of this id with whatever pass is current; `now_ms` is the wall clock."""
        self._hub, self._current_pass, self._now_ms = hub, current_pass, now_ms

    @property
    def key(self) -> str:
        """Give the name under which the cursor is kept: another hub begins at the beginning."""
        return f"hub {self._hub}"

    @property
    def credential(self) -> str:
        """Give the token. Raises CannotSend."""
        return self._pass.token

    @property
    def _pass(self) -> Pass:
        current = self._current_pass()
        if current is None or current.hub != self._hub:
            raise CannotSend(Trouble.NOT_ENROLLED, "no hub has let this kiosk in")
        return current

    def request(self, batch: Batch) -> Request:
        """Put a batch into a request. Raises CannotSend."""
        current = self._pass
        headers = {
            "authorization": f"Bearer {current.token}",
            "content-type": BATCH_TYPE,
            "content-encoding": "gzip",
            "accept": "application/json",
        }
        return Request(current.url + _PATH, headers, packed(batch.body))

    def verdict(self, reply: Reply, batch: Batch) -> Verdict:
        """Tell what a reply means; one that is not in the hub's form is somebody else's."""
        if 200 <= reply.status < 300:
            return self._taken(reply, batch)
        problem = reply.problem
        if reply.status in _HALVED:
            return _not_as_it_is(reply, problem, batch)
        asked_s = asked_wait(reply.headers, self._now_ms())
        if problem is None and (_is_strange(reply.status) or _is_page(reply)):
            return Failed(Trouble.PORTAL, f"status {reply.status} without a hub's explanation", asked_s)
        if problem is None or reply.status >= 500:
            return Failed(trouble_of(reply.status) or Trouble.FAILING, f"status {reply.status}", asked_s)
        return Failed(trouble_of(reply.status) or Trouble.UNUSABLE, problem.detail or problem.title, asked_s)

    def _taken(self, reply: Reply, batch: Batch) -> Verdict:
        try:
            ack = Ack.model_validate_json(reply.body)
        except ValidationError:
            return Failed(Trouble.PORTAL, f"status {reply.status} with a body that is no hub's")
        if ack.hub is not None and ack.hub != self._hub:
            return Failed(Trouble.PORTAL, f"another hub answers: {ack.hub}")
        if any(rejected.type == ProblemType.FOREIGN.uri for rejected in ack.rejected):
            return Failed(Trouble.FOREIGN, "the hub knows this token as another device's")
        refused = tuple(_refusals(ack.rejected, batch))
        if ack.accepted + ack.duplicate + len(refused) != len(batch.records):
            return Failed(Trouble.PORTAL, "the hub's answer is to another batch")
        return Taken(refused, ack)


def _is_strange(status: int) -> bool:
    """Tell whether neither a hub nor a proxy before it answers so without a word; 5xx and 429 need none."""
    return status == HTTPStatus.NOT_IMPLEMENTED or (status < 500 and status != HTTPStatus.TOO_MANY_REQUESTS)


def _is_page(reply: Reply) -> bool:
    return reply.headers.get("content-type", "").startswith("text/html") or reply.body.lstrip()[:1] == b"<"


def _not_as_it_is(reply: Reply, problem: ProblemDetails | None, batch: Batch) -> Verdict:
    """Have the batch halved; a single record is parked only if the hub itself said that it will not do."""
    trouble = Trouble.UNUSABLE if problem else Trouble.PORTAL
    if problem is None and len(batch.records) <= 1:
        return Failed(trouble, f"status {reply.status} without a hub's explanation")
    code = _code(problem.type) if problem else ""
    return NotAsItIs(code, (problem.detail or problem.title) if problem else "", trouble)


def _refusals(rejected: tuple[Rejected, ...], batch: Batch) -> Iterator[Refusal]:
    """Find the records that were rejected; an event that is no record is not to be parked."""
    by_id = {outgoing.record.id: outgoing for outgoing in batch.records}
    for each in rejected:
        outgoing = by_id.get(each.id) if each.id else _at(each.position, batch)
        if outgoing is not None:
            yield Refusal(outgoing.seq, outgoing.record.id, _code(each.type), each.detail)


def _at(position: int | None, batch: Batch) -> Outgoing | None:
    if position is None or position >= len(batch.records):
        return None
    return batch.records[position]


def _code(problem_type: str) -> str:
    return problem_type.rpartition("/")[2][:64] or "unknown"
