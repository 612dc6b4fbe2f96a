"""One request out, one reply back, with a bound on time and bytes: the only place where bytes leave the kiosk."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.errors import reason_of
from kiosk.sync.reply import Reply
from kiosk.sync.trouble import Trouble

if TYPE_CHECKING:
    from httpx2 import BaseTransport, Response

SILENCE_SECONDS = 15.0
"""How long the other side may say nothing."""
WHOLE_SECONDS = 60.0
"""How long a reply may take to come in."""
MAX_REPLY_BYTES = 1 << 20
_ALWAYS = {"user-agent": "kiosk", "accept-encoding": "identity"}
"""A packed reply could unpack to anything, so none is taken."""
_KEPT_SECONDS = 4.0
"""A connection is used again within this time; servers close idle ones after five seconds."""


class NoReply(Exception):
    """Nothing came back that could be an answer."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        """Say what is in the way, and what the system said of it."""
        self.trouble, self.detail = trouble, detail
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be sent."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Sender:
    """Posts requests to one destination. Used by one thread.

    Redirects are not followed, cookies and credentials of the machine not sent, and proxies of the environment not
    used: what is said goes to the address that was configured, or nowhere.
    """

    def __init__(self, transport: BaseTransport | None = None) -> None:
        """Be ready to connect; `transport` is for tests."""
        from httpx2 import Client, Limits, Timeout  # late: only kiosks that send need the HTTP client

        self._client = Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            timeout=Timeout(SILENCE_SECONDS),
            limits=Limits(max_connections=1, keepalive_expiry=_KEPT_SECONDS),
        )

    def post(self, request: Request) -> Reply:
        """Send a request and read the reply to its end. Raises NoReply."""
        from httpx2 import HTTPError, InvalidURL

        try:
            with self._client.stream(
                "POST", request.url, headers={**request.headers, **_ALWAYS}, content=request.body
            ) as response:
                return Reply(response.status_code, dict(response.headers), _read(response))
        except (HTTPError, InvalidURL, OSError) as error:
            trouble = Trouble.CERTIFICATE if _is_about_certificate(error) else Trouble.UNREACHABLE
            raise NoReply(trouble, reason_of(error)) from error
        finally:
            self._client.cookies.clear()

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


def _read(response: Response) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise NoReply(Trouble.PORTAL, "the reply is packed, which nobody asked for")
    deadline = time.monotonic() + WHOLE_SECONDS
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MAX_REPLY_BYTES:
            raise NoReply(Trouble.PORTAL, f"the reply has more than {MAX_REPLY_BYTES} bytes")
        if time.monotonic() > deadline:
            raise NoReply(Trouble.UNREACHABLE, f"the reply takes longer than {WHOLE_SECONDS:.0f} s")
    return bytes(body)


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
