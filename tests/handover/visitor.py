"""Whoever comes to the link: a phone, a preview, or somebody who means no good. Nothing is sent for them."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass
from threading import enumerate as enumerate_threads
from urllib.parse import urlsplit

from kiosk.handover.phone import PhoneLink
from tests.patience import PATIENCE_SECONDS, wait_until


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    """0 when the connection was closed without a word."""
    headers: dict[str, str]
    """Names in small letters."""
    body: bytes


class Visitor:
    """Asks one link."""

    def __init__(self, link: PhoneLink, source: str = "127.0.0.1") -> None:
        """Come from `source`, an address of this machine."""
        parts = urlsplit(link.url)
        assert parts.hostname and parts.port
        self.path = parts.path
        self._place = (parts.hostname, parts.port)
        self._source = source

    def connect(self) -> socket.socket:
        """Open a connection and say nothing yet."""
        return socket.create_connection(self._place, PATIENCE_SECONDS, (self._source, 0))

    def ask(self, method: str, path: str | None = None, *headers: str) -> Reply:
        """Ask in good manners, and read all that comes."""
        return self.say(
            "\r\n".join([f"{method} {path or self.path} HTTP/1.1", "Host: kiosk", *headers, "", ""]).encode()
        )

    def say(self, request: bytes) -> Reply:
        """Send any bytes, and read all that comes."""
        with closing(self.connect()) as connection:
            try:
                connection.sendall(request)
                came = b"".join(iter(lambda: connection.recv(1 << 16), b""))
            except ConnectionError:
                return Reply(0, {}, b"")
        return read(came)


def one_by_one(visitor: Visitor, method: str, *paths: str | None) -> list[Reply]:
    """Ask one thing after the other, each once the kiosk has ended the connection before."""
    replies = []
    for path in paths:
        replies.append(visitor.ask(method, path))
        wait_until(lambda: not [thread for thread in enumerate_threads() if "request" in thread.name])
    return replies


def read(came: bytes) -> Reply:
    """Take a reply apart."""
    head, _, body = came.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Reply(int(first.split()[1]) if first else 0, headers, body)
