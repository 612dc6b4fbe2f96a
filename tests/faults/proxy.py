"""A TCP proxy that does to each connection what it was told to, and counts the bytes that passed."""

from __future__ import annotations

import re
import socket
import ssl
import struct
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread

from tests.faults.fault import SOUND, Fault, Manner
from tests.patience import PATIENCE_SECONDS


@dataclass(slots=True)
class Passage:
    """One connection."""

    fault: Fault
    request: int = 0
    """Bytes that have reached the hub."""
    response: int = 0
    """Bytes that have reached the kiosk."""


class Proxy:
    """Stands between a client and a hub on loopback."""

    def __init__(self, upstream: tuple[str, int], tls: ssl.SSLContext | None = None) -> None:
        """Forward to `upstream`, in plain TCP; with `tls`, clients have to speak TLS."""
        self.upstream = upstream
        self.usual = SOUND
        """What happens to connections that nothing else was foreseen for."""
        self.passages: list[Passage] = []
        self._foreseen: deque[Fault] = deque()
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._open: set[socket.socket] = set()
        self._gate = Lock()
        self._is_closed = False
        self._acceptor = Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    @property
    def address(self) -> str:
        """Give `127.0.0.1:PORT`."""
        host, port = self._listener.getsockname()
        return f"{host}:{port}"

    @property
    def answered(self) -> int:
        """Give how many bytes the hub has answered in all."""
        return sum(passage.response for passage in list(self.passages))

    def foresee(self, *faults: Fault) -> None:
        """Say what happens to the next connections, one after the other."""
        self._foreseen.extend(faults)

    def forget(self) -> None:
        """Let connections pass that a fault was foreseen for."""
        self._foreseen.clear()

    def close(self) -> None:
        """Stop, and end every connection."""
        self._is_closed = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join()
        with self._gate:
            left = list(self._open)
        for connection in left:
            _end(connection, Manner.CLOSE)

    def _accept(self) -> None:
        while not self._is_closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            passage = Passage(self._foreseen.popleft() if self._foreseen else self.usual)
            self.passages.append(passage)
            Thread(target=self._serve, args=(client, passage), daemon=True).start()

    def _serve(self, client: socket.socket, passage: Passage) -> None:
        if self._tls:
            client = self._tls.wrap_socket(client, server_side=True, do_handshake_on_connect=False)
        with self._held(client), suppress(OSError):
            if isinstance(client, ssl.SSLSocket):
                client.do_handshake()
            if passage.fault.instead is not None:
                _read_request(client)
                client.sendall(passage.fault.instead)
                _end(client, passage.fault.manner)
                return
            with socket.create_connection(self.upstream, PATIENCE_SECONDS) as hub, self._held(hub):
                _Relay(client, hub, passage).run()

    @contextmanager
    def _held(self, connection: socket.socket) -> Iterator[None]:
        with self._gate:
            self._open.add(connection)
        try:
            yield
        finally:
            with self._gate:
                self._open.discard(connection)
            connection.close()


class _Relay:
    """Both directions of one connection."""

    def __init__(self, client: socket.socket, hub: socket.socket, passage: Passage) -> None:
        self._client, self._hub, self._passage = client, hub, passage
        self._over = Event()

    def run(self) -> None:
        fault = self._passage.fault
        forth = Thread(target=self._pump, args=(self._client, self._hub, "request", fault.request_bytes), daemon=True)
        forth.start()
        self._pump(self._hub, self._client, "response", fault.response_bytes)
        forth.join()

    def _pump(self, source: socket.socket, sink: socket.socket, side: str, limit: int | None) -> None:
        with suppress(OSError):
            while data := source.recv(self._passage.fault.piece):
                passed = getattr(self._passage, side)
                allowed = data if limit is None else data[: limit - passed]
                time.sleep(self._passage.fault.latency_s)
                sink.sendall(allowed)
                setattr(self._passage, side, passed + len(allowed))
                if len(allowed) < len(data):
                    self._finish()
                    return
            sink.shutdown(socket.SHUT_WR)

    def _finish(self) -> None:
        if self._over.is_set():
            return
        self._over.set()
        manner = self._passage.fault.manner
        if manner is Manner.HANG:
            with suppress(OSError):
                while self._client.recv(65_536):
                    pass
        for connection in (self._client, self._hub):
            _end(connection, manner)


def _read_request(client: socket.socket) -> None:
    """Read one request to its end, so that the answer is not lost in a reset."""
    data = b""
    while b"\r\n\r\n" not in data and (more := client.recv(65_536)):
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length:\s*(\d+)", head)
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0 and (more := client.recv(65_536)):
        missing -= len(more)


def _end(connection: socket.socket, manner: Manner) -> None:
    with suppress(OSError):
        if manner is Manner.RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.shutdown(socket.SHUT_RD)  # wakes the thread that still reads, whose hold would put the end off
            connection.close()
        else:
            connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def between(
    upstream: tuple[str, int], faults: Iterable[Fault] = (), tls: ssl.SSLContext | None = None
) -> Iterator[Proxy]:
    """Stand between for a while."""
    proxy = Proxy(upstream, tls)
    proxy.foresee(*faults)
    try:
        yield proxy
    finally:
        proxy.close()
