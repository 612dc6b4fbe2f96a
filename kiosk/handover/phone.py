"""A file for one phone: a link on the local network that works once and for a few minutes."""

from __future__ import annotations

import logging
import socket
from contextlib import suppress
from http.server import ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Self

from kiosk.clock import Clock, SystemClock
from kiosk.handover.address import local_address, no_network
from kiosk.handover.doorman import Doorman
from kiosk.handover.parcel import Parcel
from kiosk.handover.reception import Reception
from kiosk.handover.ticket import State, Ticket

PORT = 8780
"""What a firewall has to let in; another free one is taken where this one is not."""

SECONDS = 300.0

_LOOK_SECONDS = 0.25
"""How often the server looks whether its time is over."""

log = logging.getLogger(__name__)


class PhoneServer(ThreadingHTTPServer):
    """Listens on one address, with few connections at a time."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, place: tuple[str, int], parcel: Parcel, ticket: Ticket, language: str) -> None:
        """Listen, for whoever has the ticket's token."""
        self.parcel, self.ticket, self.language = parcel, ticket, language
        self.doorman = Doorman()
        self.timeout = _LOOK_SECONDS
        self._connections: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(place, Reception)

    def server_bind(self) -> None:
        """Take the place; the name of this machine, which http.server would look up in the network, is not needed."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.server_address = self.socket.getsockname()

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Turn away who is one too many."""
        return self.doorman.enter(client_address[0])

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one connection, which can be cut off meanwhile."""
        with self._lock:
            self._connections.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._connections.discard(request)
            self.doorman.leave(client_address[0])

    def cut_off(self) -> None:
        """End every connection, and the wait for the next one."""
        with self._lock:
            for connection in (self.socket, *self._connections):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Take it calmly when a phone goes away; nothing of it is told, as the address is a key."""
        log.info("A connection to the link for a phone broke.")


class PhoneLink:
    """A link that is open until one phone has fetched the file, until its time is over, or until `close`.

    Plain HTTP: who listens in the same Wi-Fi can read the file along. What is asked of the screen: show `url` as a QR
    code, look at `state` now and then, and `close` when staff turn away.
    """

    def __init__(
        self,
        parcel: Parcel,
        language: str,
        *,
        clock: Clock | None = None,
        address: str | None = None,
        port: int = PORT,
        seconds: float = SECONDS,
    ) -> None:
        """Offer `parcel`, which must stay open as long as this is; phones of other tongues read `language`.

        `address` is that of the local network when it is not given. Raises NoNetwork where there is none.
        """
        host = address or local_address()
        self._ticket = Ticket(clock or SystemClock(), seconds)
        self._server = _listening(host, port, parcel, self._ticket, language)
        self._closed = Event()
        self._thread = Thread(target=self._serve, name="phone-link", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        """Close it when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()

    @property
    def url(self) -> str:
        """Give the address for the QR code, in capital letters, which make it small; small ones lead there too."""
        return f"HTTP://{self._server.server_name}:{self._server.server_port}/{self._ticket.token}"

    @property
    def state(self) -> State:
        """Tell how far it is; after `fetched` and `expired` there is nothing to wait for."""
        return self._ticket.state

    @property
    def seconds_left(self) -> float:
        """Give how long a phone may still come; 0 once it is over."""
        return self._ticket.seconds_left

    def close(self) -> None:
        """End it, also in the middle of a download. Returns within a second; nothing listens then."""
        self._ticket.void()
        self._closed.set()
        self._server.cut_off()
        self._thread.join(4 * _LOOK_SECONDS)

    def _serve(self) -> None:
        with self._server:
            while not self._closed.is_set() and self._ticket.seconds_left:
                self._server.handle_request()


def _listening(host: str, port: int, parcel: Parcel, ticket: Ticket, language: str) -> PhoneServer:
    for number in (port, 0):
        with suppress(OSError):
            return PhoneServer((host, number), parcel, ticket, language)
    raise no_network()
