"""Five hundred kiosks at once: a served hub, every kiosk sending one answer after the other, and the hub's memory."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from sqlalchemy import Connection

from kiosk.hub.api.devices import token_hash
from kiosk.hub.store.database import Database
from kiosk.hub.store.dialects import insert
from kiosk.hub.store.tables.fleet import DEVICE_TOKEN
from kiosk.wire.base import BATCH_TYPE
from kiosk.wire.writing import body_of, packed
from tests.hub.store.kiosks import NOON_MS, Maker, let_in

_PATIENCE_SECONDS = 120


@dataclass(slots=True)
class Crowd:
    """What a run found out."""

    submissions: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest_seconds: float = 0.0
    processor_seconds: float = 0.0
    """Of the hub alone."""
    at_rest_mb: float = 0.0
    under_load_mb: float = 0.0


def crowd(kiosks: int, seconds: float) -> Crowd:
    """Let so many kiosks send for so long. One machine does both sides."""
    found = Crowd()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        url = f"sqlite:///{Path(folder).absolute() / 'hub.db'}"
        with closing(Database(url)) as database:
            makers = {f"{number:043}": _kiosk(database, f"{number:043}") for number in range(kiosks)}
        with _served(url) as (process, address):
            found.at_rest_mb = _unique_mb(process.pid)
            before = _processor_seconds(process.pid)
            asyncio.run(_send_all(address, makers, seconds, found))
            found.processor_seconds = _processor_seconds(process.pid) - before
            found.under_load_mb = _unique_mb(process.pid)
    return found


def _kiosk(database: Database, token: str) -> Maker:
    device = let_in(database)

    def work(connection: Connection) -> None:
        row = {"device_id": device.id, "hash": token_hash(token), "issued_ms": NOON_MS, "used_ms": NOON_MS}
        connection.execute(insert(connection, DEVICE_TOKEN), row)

    database.write(work)
    return Maker(device.id)


@contextmanager
def _served(url: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "kiosk", "hub", "serve", "--port", str(port), "--database", url]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        process.stderr.readline()
        address = f"http://127.0.0.1:{port}"
        httpx2.get(f"{address}/readyz", timeout=_PATIENCE_SECONDS).raise_for_status()
        try:
            yield process, address
        finally:
            process.terminate()


async def _send_all(address: str, makers: dict[str, Maker], seconds: float, found: Crowd) -> None:
    limits = httpx2.Limits(max_connections=len(makers), max_keepalive_connections=len(makers))
    async with httpx2.AsyncClient(base_url=address, limits=limits, timeout=_PATIENCE_SECONDS) as client:
        begun = time.monotonic()
        sending = (_send(client, token, maker, begun + seconds, found) for token, maker in makers.items())
        await asyncio.gather(*sending)
        found.seconds = time.monotonic() - begun


async def _send(client: httpx2.AsyncClient, token: str, maker: Maker, until: float, found: Crowd) -> None:
    headers = {"authorization": f"Bearer {token}", "content-type": BATCH_TYPE, "content-encoding": "gzip"}
    while time.monotonic() < until:
        body, started = packed(body_of([maker.answer()])), time.monotonic()
        reply = await client.post("/v1/events", content=body, headers=headers)
        found.slowest_seconds = max(found.slowest_seconds, time.monotonic() - started)
        if reply.status_code == 200 and reply.json()["accepted"] == 1:
            found.submissions += 1
        else:
            found.refused += 1


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _unique_mb(pid: int) -> float:
    """Give the memory that only this process has."""
    rolled_up = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+) kB", rolled_up, re.MULTILINE)) / 1000
