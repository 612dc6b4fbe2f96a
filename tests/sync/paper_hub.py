"""A hub on loopback that keeps everything in memory: the wire format in as few lines as it takes.

Its methods are small, so that a test can spoil one of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from uuid import UUID

from kiosk.wire.ack import Ack, Rejected
from kiosk.wire.base import MAX_BYTES, MAX_EVENTS, PROBLEM_TYPE
from kiosk.wire.event import AnswerEvent, RecordEvent, ReportEvent, SurveyEvent
from kiosk.wire.problem import ProblemDetails, ProblemType
from kiosk.wire.reading import TooLarge, Unreadable, read_batch, unpacked
from kiosk.wire.well_known import HubFacts

TOKEN = "T" * 43
HUB = UUID("01a203df-0000-7000-8000-0000000000aa")


class PaperHub:
    """Takes batches."""

    def __init__(self, device_id: UUID) -> None:
        self.device_id = device_id
        self.content: dict[UUID, str] = {}
        self.sequences: dict[int, UUID] = {}
        self.gate = Lock()

    def answer(self, token: str, packing: str, body: bytes) -> tuple[int, Ack | ProblemDetails]:
        """Answer a request, whatever it holds."""
        if token != f"Bearer {TOKEN}":
            return self.problem(401, ProblemType.UNAUTHORISED)
        try:
            return 200, self.take(self.unpacked(body) if packing == "gzip" else body)
        except TooLarge:
            return self.problem(413, ProblemType.TOO_LARGE)
        except Unreadable:
            return self.problem(400, ProblemType.UNREADABLE)

    def unpacked(self, body: bytes) -> bytes:
        return unpacked(body)

    def problem(self, status: int, problem: ProblemType) -> tuple[int, ProblemDetails]:
        return status, ProblemDetails(type=problem.uri, title=problem.value, status=status)

    def take(self, body: bytes) -> Ack:
        batch = read_batch(body)
        rejected, accepted, duplicate = list(batch.rejected), 0, 0
        with self.gate:
            for position, event in batch.events:
                if isinstance(event, ReportEvent | SurveyEvent):
                    continue
                problem, is_new = self.store(event)
                accepted, duplicate = accepted + (is_new and not problem), duplicate + (not is_new and not problem)
                if problem:
                    rejected.append(Rejected(id=event.id, position=position, type=problem.uri, detail=problem.value))
        return self.ack(accepted, duplicate, rejected)

    def ack(self, accepted: int, duplicate: int, rejected: list[Rejected]) -> Ack:
        return Ack(
            accepted=accepted,
            duplicate=duplicate,
            rejected=tuple(rejected),
            highest_sequence=max(self.sequences, default=0),
            server_time=datetime.now(UTC),
            next_sync_s=300,
        )

    def store(self, event: RecordEvent) -> tuple[ProblemType | None, bool]:
        if not self.is_own(event):
            return ProblemType.FOREIGN, False
        digest = self.digest(event)
        if event.id in self.content:
            return (None if self.content[event.id] == digest else ProblemType.CONFLICT), False
        if event.seq in self.sequences:
            return ProblemType.CONFLICT, False
        self.content[event.id], self.sequences[event.seq] = digest, event.id
        return None, True

    def is_own(self, event: RecordEvent) -> bool:
        return event.source == f"urn:uuid:{self.device_id}"

    def digest(self, event: RecordEvent) -> str:
        content = event.model_dump(mode="json", exclude={"time": True})
        if isinstance(event, AnswerEvent):
            content["data"]["text"] = None
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@contextmanager
def serving(hub: PaperHub) -> Iterator[str]:
    """Run a hub; give the address that batches are sent to."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            facts = HubFacts(
                hub=HUB,
                versions=("v1",),
                max_events=MAX_EVENTS,
                max_bytes=MAX_BYTES,
                server_time=datetime.now(UTC),
            )
            self.reply(200, "application/json", facts.model_dump_json().encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            token, packing = self.headers.get("Authorization", ""), self.headers.get("Content-Encoding", "")
            status, content = hub.answer(token, packing, body)
            kind = "application/json" if status == 200 else PROBLEM_TYPE
            self.reply(status, kind, content.model_dump_json().encode())

        def reply(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/events"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
