"""A kiosk that sends, and receivers that say whatever a test wants them to."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx2
import pytest

from kiosk.answer import Answer, Visit
from kiosk.config.sending import Webhook
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.sync.courier import Courier, Reporter
from kiosk.sync.destination import Destination
from kiosk.sync.hub import HubDestination
from kiosk.sync.identity import Identity, Membership, write_identity
from kiosk.sync.sender import Sender
from kiosk.sync.webhook import WebhookDestination
from kiosk.wire.base import MAX_EVENTS
from kiosk.wire.keys import new_private_key
from tests.records import answer_at, visit_at

if TYPE_CHECKING:
    from tests.conftest import WoundClock

HUB = UUID("0190aaaa-0000-7000-8000-000000000001")
URL = "https://hub.example"
PROBLEM = {"content-type": "application/problem+json"}

Reply = httpx2.Response | Exception
Answering = Callable[[httpx2.Request], Reply]


@dataclass(frozen=True)
class Pass:
    """What a hub gave."""

    url: str = URL
    hub: UUID = HUB
    token: str = "t" * 43


@dataclass
class Receiver:
    """Notes every request and answers as it was told to; a transport of the HTTP client."""

    answer: Answering
    requests: list[httpx2.Request] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        reply = self.answer(request)
        if isinstance(reply, Exception):
            raise reply
        return reply

    @property
    def batches(self) -> list[list[dict[str, Any]]]:
        """Give the events of every request."""
        return [events_of(request) for request in self.requests]


def events_of(request: httpx2.Request) -> list[dict[str, Any]]:
    """Give the events of a request, a single one as a list too."""
    body = request.content
    if request.headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    content = json.loads(body)
    return content if isinstance(content, list) else [content]


def records_of(request: httpx2.Request) -> list[dict[str, Any]]:
    """Give the events that are records."""
    return [event for event in events_of(request) if "sequence" in event]


def ack(request: httpx2.Request, rejected: Iterable[dict[str, Any]] = (), **members: Any) -> httpx2.Response:
    """Acknowledge a request as a hub does, if it is no larger than a hub takes."""
    if len(events_of(request)) > MAX_EVENTS:
        return problem(413, "too-large")
    records, refused = records_of(request), list(rejected)
    body = {
        "accepted": len(records) - len(refused),
        "duplicate": 0,
        "rejected": refused,
        "highest_sequence": int(records[-1]["sequence"]) if records else 0,
        "server_time": "2026-11-22T10:00:00Z",
        "next_sync_s": 300,
        "hub": str(HUB),
    }
    return httpx2.Response(200, json=body | members)


def problem(status: int, kind: str = "invalid", **headers: str) -> httpx2.Response:
    """Refuse a request as a hub does."""
    body = {"type": f"/problems/{kind}", "title": "No.", "status": status}
    return httpx2.Response(status, json=body, headers=PROBLEM | headers)


def enrol_at(database: Path, device_id: UUID, url: str) -> None:
    """Let the kiosk of a database in at a hub."""
    now_ms = time.time_ns() // 1_000_000
    membership = Membership(
        url=url, hub=HUB, hub_keys=("key",), location="Kamppi", location_id=HUB, token="t" * 43, token_ms=now_ms
    )
    write_identity(database.parent, Identity(device_id, new_private_key(), membership))


@dataclass
class Counter:
    """A kiosk's database with what is needed to send from it."""

    store: Store
    reader: Reader
    clock: WoundClock
    database: Path
    pass_: Pass | None = field(default_factory=Pass)

    def answers(self, number: int, **fields: Any) -> list[Answer]:
        """Let customers answer."""
        answers = [answer_at(self.clock.now(), **fields) for _ in range(number)]
        self.store.add_many(answers)
        return answers

    def visits(self, number: int) -> list[Answer | Visit]:
        """Let customers answer and go."""
        records: list[Answer | Visit] = []
        for _ in range(number):
            answer = answer_at(self.clock.now())
            records += [answer, visit_at(self.clock.now(), visit_id=answer.visit_id)]
        self.store.add_many(records)
        return records

    def courier(self, destination: Destination, answer: Answering, reporter: Reporter | None = None) -> Served:
        """Give a courier whose requests are answered by a function."""
        receiver = Receiver(answer)
        sender = Sender(httpx2.MockTransport(receiver))
        made = Courier(destination, self.reader, self.store, sender, self.clock, Random(7), reporter)
        return Served(made, receiver, sender)

    def to_hub(self, answer: Answering = ack, reporter: Reporter | None = None) -> Served:
        """Give a courier to the hub."""
        hub = HubDestination(HUB, lambda: self.pass_, lambda: self.clock.at_ms)
        return self.courier(hub, answer, reporter)

    def to_webhook(self, answer: Answering, **fields: Any) -> Served:
        """Give a courier to a webhook."""
        webhook = Webhook(url="https://till.example/in", **fields)
        return self.courier(WebhookDestination(webhook, lambda: self.clock.at_ms), answer)

    def delivery(self, served: Served) -> Any:
        """Tell how far a courier is."""
        return self.reader.deliveries([served.courier.destination.key])[0]

    def refused(self) -> list[tuple[int, str]]:
        """Give what is parked: number and code, in order."""
        return sorted((parked.refusal.seq, parked.refusal.code) for parked in self.reader.refused())


@dataclass
class Served:
    """A courier, what it sent, and how."""

    courier: Courier
    receiver: Receiver
    sender: Sender

    def drain(self, most: int = 200) -> int:
        """Step until there is nothing left to send or something is in the way; give the records that went."""
        sent = 0
        for _ in range(most):
            step = self.courier.step()
            sent += step.sent
            if step.is_done:
                return sent
        raise AssertionError("the courier comes to no end")


@pytest.fixture
def counter(tmp_path: Path, clock: WoundClock) -> Iterator[Counter]:
    path = tmp_path / "data" / "kiosk.db"
    with Store.open(path, clock) as store, Reader(path) as reader:
        yield Counter(store, reader, clock, path)
