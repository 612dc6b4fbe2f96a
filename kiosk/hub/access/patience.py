"""How long the hub waits for what somebody sends: uvicorn itself would wait for ever, for as many as like to come."""

from __future__ import annotations

import asyncio

from fastapi import HTTPException
from starlette.types import Message, Receive
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 20.0
"""From the first byte of a connection or of a request to the end of its headers."""
BODY_SECONDS = 120.0
"""For a body: a full batch of a kiosk gets through at 1 kB/s."""
HEAD_BYTES = 65_536
"""Of headers that do not end."""


class PatientProtocol(HttpToolsProtocol):
    """What `uvicorn.Config(http=…)` takes: closes connections whose headers are too slow or too long."""

    _waiting: asyncio.TimerHandle | None = None
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request, unless its headers never end."""
        super().data_received(data)
        if self._waiting is None:
            return
        self._head_bytes += len(data)
        if self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
            self._wait_no_more()
            self.send_400_response("Request headers are too long.")

    def on_message_begin(self) -> None:
        """Begin to wait for the end of the headers."""
        super().on_message_begin()
        if self._waiting is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """Answer."""
        self._wait_no_more()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._head_bytes = 0
        self._waiting = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def patient(receive: Receive, seconds: float) -> Receive:
    """Give a body only until a deadline; then the request is answered with 408."""
    ends_at = asyncio.get_running_loop().time() + seconds
    is_whole = False

    async def receive_in_time() -> Message:
        nonlocal is_whole
        if is_whole:
            return await receive()
        try:
            async with asyncio.timeout_at(ends_at):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "The body did not arrive in time.") from None
        is_whole = not message.get("more_body", False)
        return message

    return receive_in_time
