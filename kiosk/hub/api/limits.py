"""How much one request may bring."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import HTTPException, Request
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.hub.api.problems import Problem, answer_to
from kiosk.wire.problem import ProblemType

_WORTH_READING = 8
"""Times the limit: so much of a body is read and forgotten, so that whoever sends it reads the answer too."""


class BodyLimit:
    """An ASGI middleware: no body is read beyond a limit, whatever its headers say."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        """Stand before `app`; `limit` is in bytes, as sent."""
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request whose body is said to be too long; end the others where theirs become so."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        said = said_bytes(headers)
        body = _Body(self._limit, receive, is_whole=said == 0 and "transfer-encoding" not in headers)
        may_go_on = 0 < said <= _WORTH_READING * self._limit

        async def send_and_close(message: Message) -> None:
            if message["type"] == "http.response.start" and not body.is_whole and not may_go_on:
                message["headers"] = [*message.get("headers", ()), (b"connection", b"close")]
            await send(message)

        app = answer_to(_too_large(self._limit)) if said > self._limit else self._app
        await app(scope, body.receive, send_and_close)


@dataclass(slots=True)
class _Body:
    limit: int
    source: Receive
    is_whole: bool
    size: int = 0

    async def receive(self) -> Message:
        message = await self.source()
        self.size += len(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        if self.size > self.limit:
            raise HTTPException(413, f"The body has more than {self.limit} bytes.")
        return message


async def body_within(request: Request, limit: int) -> bytes:
    """Read a body of at most `limit` bytes; one that is longer is not read to its end. Raises Problem."""
    if said_bytes(request.headers) > limit:
        raise _too_large(limit)
    pieces, size = [], 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size > limit:
                raise _too_large(limit)
            pieces.append(piece)
    except ClientDisconnect:  # every day's business, of which no log has to tell
        raise Problem(ProblemType.UNREADABLE, "The body was cut short.") from None
    return b"".join(pieces)


def said_bytes(headers: Headers) -> int:
    """Give how long a request says that its body is; 0 where it does not say."""
    said = headers.get("content-length", "")
    return int(said) if said.isdecimal() else 0


def _too_large(limit: int) -> Problem:
    return Problem(ProblemType.TOO_LARGE, f"The body has more than {limit} bytes.")
