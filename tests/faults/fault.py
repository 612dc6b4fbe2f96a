"""What can go wrong between a kiosk and a hub, to the byte."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Manner(Enum):
    """How a connection ends."""

    CLOSE = "close"
    """In good order (FIN): a proxy or a server that went away."""
    RESET = "reset"
    """At once (RST): a firewall, a crashed machine; what was on its way is lost."""
    HANG = "hang"
    """Not at all: nothing passes any more, until one side gives up."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one connection."""

    request_bytes: int | None = None
    """Of the request so many bytes pass; when there are more, the connection ends. None lets all pass."""
    response_bytes: int | None = None
    """The same for the response: the hub has stored by then what it confirms."""
    manner: Manner = Manner.CLOSE
    latency_s: float = 0
    """Every piece of data waits for so long."""
    piece: int = 65_536
    """Bytes that pass at a time: 1 is the slowest of lines."""
    instead: bytes | None = None
    """What the client is answered, in place of the hub, which hears of nothing."""


SOUND = Fault()


def http_answer(status: str, content: bytes = b"", kind: str = "application/json", **headers: str) -> bytes:
    """Make any answer; `headers` with `_` for `-`."""
    named = {"Content-Type": kind, "Content-Length": str(len(content)), "Connection": "close", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + content


PORTAL_PAGE = http_answer("200 OK", b"<html><body>Sign in to <b>Hotel</b></body></html>", "text/html")
"""A captive portal that answers everything with its own page."""
PORTAL_REDIRECT = http_answer("302 Found", Location="http://127.0.0.1:9/login")
"""A captive portal that sends everybody elsewhere."""
