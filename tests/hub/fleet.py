"""A hub on a free port, and kiosks that enrol at it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import uvicorn
from fastapi import FastAPI

from kiosk.hub.hub import Hub
from kiosk.hub.settings import Settings
from kiosk.hub.store.admission import CodeWanted, admit
from kiosk.hub.store.database import Database
from kiosk.sync.enrolment import Applicant, enrol
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import Membership
from tests.conftest import WoundClock


@dataclass(frozen=True)
class Fleet:
    """A running hub, and what a test does with it."""

    url: str
    database: Database
    clock: WoundClock
    folder: Path

    def code(self, location: str = "Kampin lounaskahvila", replaces: UUID | None = None) -> str:
        wanted = CodeWanted(location, ZoneInfo("Europe/Helsinki"), str(replaces) if replaces else None, 86_400)
        return self.database.write(lambda connection: admit(connection, wanted, self.clock.now())).code

    def applicant(self, name: str = "Kassa 1", device_id: UUID | None = None) -> Applicant:
        device = device_id or uuid4()
        folder = self.folder / str(device)
        folder.mkdir(parents=True, exist_ok=True)
        return Applicant(folder, device, name, "1.0")

    def enrol(self, applicant: Applicant, code: str | None = None) -> Membership:
        return enrol(applicant, self.url, code or self.code(), self.clock)

    def status(self, token: str | None, path: str = "/v1/whoami") -> int:
        return HubClient(self.url).ask("GET", path, {}, token=token).status


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine, and give its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def hub_on(database: Database, clock: WoundClock) -> Hub:
    return Hub(Settings("unused", "http://127.0.0.1"), database, clock)
