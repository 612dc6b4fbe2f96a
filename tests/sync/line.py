"""The other end of a real connection: it says exactly the bytes that a test wants, or nothing at all."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from tests.patience import PATIENCE_SECONDS
from tests.sync.conftest import HUB

Said = Callable[[bytes], bytes | None]
"""Given a request, what is said to it; None for silence until the end."""


class Peer:
    """Listens on this machine, one connection after another, and closes each after it has said its bytes."""

    def __init__(self, say: Said, context: ssl.SSLContext | None = None) -> None:
        self._say, self._context = say, context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ended = Event()
        self.requests: list[bytes] = []
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http{'s' if self._context else ''}://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._ended.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(PATIENCE_SECONDS)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with suppress(OSError), self._dressed(connection) as stream:
                    self._answer(stream)

    def _dressed(self, connection: socket.socket) -> socket.socket:
        return self._context.wrap_socket(connection, server_side=True) if self._context else connection

    def _answer(self, stream: socket.socket) -> None:
        stream.settimeout(PATIENCE_SECONDS)
        request = _read(stream)
        if not request:
            return
        self.requests.append(request)
        said = self._say(request)
        if said is None:
            self._ended.wait()
        else:
            stream.sendall(said)


@contextmanager
def peer(say: Said, context: ssl.SSLContext | None = None) -> Iterator[Peer]:
    """Give a peer that is gone afterwards."""
    listening = Peer(say, context)
    try:
        yield listening
    finally:
        listening.close()


def http(body: bytes, status: str = "200 OK", *headers: str, length: bool = True) -> bytes:
    """Write a response as it goes over the line."""
    head = [f"HTTP/1.1 {status}", "content-type: application/json", "connection: close", *headers]
    if length:
        head.append(f"content-length: {len(body)}")
    return "\r\n".join([*head, "", ""]).encode() + body


def acknowledgement(request: bytes, refused: int = 0) -> bytes:
    """Give what a hub says to a request that it has taken, but for the first `refused` records of it."""
    packed = request.partition(b"\r\n\r\n")[2]
    records = [event for event in json.loads(gzip.decompress(packed)) if "sequence" in event]
    body = {
        "accepted": len(records[refused:]),
        "duplicate": 0,
        "rejected": [
            {"id": record["id"], "type": "/problems/conflict", "detail": "known", "retry": False}
            for record in records[:refused]
        ],
        "highest_sequence": int(records[-1]["sequence"]) if records else 0,
        "server_time": "2026-11-22T10:00:00Z",
        "next_sync_s": 300,
        "hub": str(HUB),
    }
    return json.dumps(body).encode()


def _read(stream: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := stream.recv(65536)):
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    length = int(lengths[0].partition(b":")[2]) if lengths else 0
    while len(body) < length:
        body += stream.recv(65536)
    return head + b"\r\n\r\n" + body
