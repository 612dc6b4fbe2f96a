"""One connection of a phone: read with patience that ends, answered once, closed."""

from __future__ import annotations

import io
import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from time import monotonic
from typing import TYPE_CHECKING, Any

from kiosk.handover import page
from kiosk.handover.phrases import language_of

if TYPE_CHECKING:
    from kiosk.handover.phone import PhoneServer

_ASK_SECONDS = 10.0
"""From the first byte of a request to its last, however slowly they come."""
_LONGEST_REQUEST = 16 * 1024
"""Bytes; a phone sends about one thousand."""
_SEND_SECONDS = 10.0
"""For each piece of a file: slower phones than about 25 kB a second are too far away."""
_GOODBYE_SECONDS = 10.0
_HEADERS = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Content-Security-Policy": page.POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class _Patient(io.RawIOBase):
    """What comes from a phone, up to so many bytes and so many seconds; then TimeoutError."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._ends_at = monotonic() + _ASK_SECONDS
        self._room = _LONGEST_REQUEST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        seconds = self._ends_at - monotonic()
        if seconds <= 0 or self._room <= 0:
            raise TimeoutError
        self._connection.settimeout(seconds)
        count = self._connection.recv_into(memoryview(buffer)[: self._room])
        self._room -= count
        return count


class Reception(BaseHTTPRequestHandler):
    """Shows the page at the link's address and gives the file to its button. There is nothing else."""

    server: PhoneServer
    protocol_version = "HTTP/1.1"
    timeout = _SEND_SECONDS

    def setup(self) -> None:
        """Read no longer than patience lasts."""
        super().setup()
        self.rfile = io.BufferedReader(_Patient(self.connection))

    def do_GET(self) -> None:
        """Show the page."""
        if not self._is_asked_rightly():
            return
        state, language = self.server.ticket.state, self._language
        if state == "waiting":
            self._answer(HTTPStatus.OK, page.offer(language, self.server.parcel.name, self.server.parcel.size))
        elif state == "fetching":
            self._answer(HTTPStatus.CONFLICT, page.busy(language))
        else:
            self._answer(HTTPStatus.GONE, page.over(language))

    do_HEAD = do_GET  # noqa: N815 - the same

    def do_POST(self) -> None:
        """Give the file, if nobody has it yet."""
        if not self._is_asked_rightly():
            return
        if not self.server.ticket.claim():
            self.do_GET()
            return
        arrived = False
        try:
            arrived = self._hand_over()
        finally:
            self.server.ticket.settle(arrived=arrived)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer everything that is wrong in the same way."""
        self.server.doorman.note_wrong(self.client_address[0])
        self._answer(HTTPStatus.NOT_FOUND, b"")

    def log_message(self, format: str, *args: object) -> None:
        """Keep the address, which is a key, out of every log."""

    def _is_asked_rightly(self) -> bool:
        if self.server.ticket.fits(self.path):
            return True
        self.send_error(HTTPStatus.NOT_FOUND)
        return False

    def _hand_over(self) -> bool:
        """Send the file; True once the phone has all of it."""
        parcel = self.server.parcel
        self._start(HTTPStatus.OK, parcel.media_type, parcel.size)
        self.send_header("Content-Disposition", f'attachment; filename="{parcel.name}"')
        self.end_headers()
        try:
            for chunk in parcel.chunks():
                self.connection.settimeout(_SEND_SECONDS)
                self.wfile.write(chunk)
            return self._ends_well()
        except (OSError, ValueError):  # the phone is gone, or the link was closed
            return False

    def _answer(self, status: HTTPStatus, content: bytes) -> None:
        self._start(status, "text/html; charset=utf-8", len(content))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self._ends_well()

    def _start(self, status: HTTPStatus, media_type: str, size: int) -> None:
        self.close_connection = True
        self.request_version = self.protocol_version  # also to who asked in a way that could not be read
        self.send_response_only(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(size))
        for name, value in _HEADERS.items():
            self.send_header(name, value)

    def _ends_well(self) -> bool:
        """Wait until the phone closes its side too, which it does in good order only after it has read everything."""
        ends_at = monotonic() + _GOODBYE_SECONDS
        try:
            self.connection.shutdown(socket.SHUT_WR)
            while (seconds := ends_at - monotonic()) > 0:
                self.connection.settimeout(seconds)
                if not self.connection.recv(1024):
                    return True
        except OSError:
            pass
        return False

    @property
    def _language(self) -> str:
        return language_of(self.headers.get("Accept-Language", ""), self.server.language)
