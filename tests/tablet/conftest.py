"""A tablet server whose kiosks are stand-ins: they speak as a kiosk does, and tell what they were given."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from kiosk.tablet.access import Access
from kiosk.tablet.server import TabletServer
from kiosk.tablet.stand import Colours, Stand

TOKEN = "Zm9yLXRlc3RzLW9ubHktMTIzNDU2"
COLOURS = Colours(page="#faf6ee", ink="#22272b", soft="#5c5a53", accent="#14606b")

STAND_IN = """
import json, os, sys
def tell(kind, content):
    os.write(1, kind + len(content).to_bytes(4, "big") + content)
os.write(1, b"__GANGLION__\\n")
tell(b"D", json.dumps({"environment": dict(os.environ), "arguments": sys.argv[1:], "pid": os.getpid()}).encode())
tell(b"M", json.dumps({"type": "open_url", "url": "https://foreign.example", "new_tab": True}).encode())
while head := os.read(0, 5):
    content = os.read(0, int.from_bytes(head[1:], "big"))
    if head[:1] == b"M" and json.loads(content)["type"] == "quit":
        break
    if content == b"die":
        os._exit(1)
    tell(b"D", b"heard " + content)
"""
"""A kiosk's process as the server sees it: tells its surroundings, then echoes until it is told to quit."""

STUCK = 'import os, time\nos.write(1, b"__GANGLION__\\nD" + (2).to_bytes(4, "big") + b"up")\ntime.sleep(600)'
"""One that hears nothing any more."""

Client = TestClient[web.Request, web.Application]
Serve = Callable[..., Awaitable[Client]]


def stand(name: str = "till", program: str = STAND_IN) -> Stand:
    """Give a stand whose kiosk is a program in Python."""
    return Stand(name, name.title(), ("fi", "sv", "en"), COLOURS, (sys.executable, "-c", program))


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Give a function that serves stands, to this machine or with a token, and gives a client with its own cookies."""
    async with AsyncExitStack() as stack:

        async def begin(*stands: Stand, access: Access | None = None) -> Client:
            server = TabletServer(stands or (stand(),), access or Access(None))
            client = TestClient(TestServer(server.application()))
            return await stack.enter_async_context(client)

        yield begin
