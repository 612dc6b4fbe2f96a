"""A browser as far as a server sees one: it keeps cookies, says where its forms come from, and follows no redirect."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import httpx2
import uvicorn
from fastapi import APIRouter

from kiosk.hub.access.visitor import Manager, Owner, Reader, Visitor, see
from tests.hub.access.people import PASSWORD
from tests.patience import PATIENCE_SECONDS

PROBES = APIRouter()
"""Routes that ask for every kind of visitor."""


@PROBES.get("/probe/visitor")
def visitor(visitor: Visitor) -> str:
    return visitor.name


@PROBES.post("/probe/manager")
def manager(visitor: Manager) -> str:
    return visitor.name


@PROBES.post("/probe/owner")
def owner(visitor: Owner) -> str:
    return visitor.name


@PROBES.get("/probe/locations/{location_id}")
def place(visitor: Visitor, location_id: UUID) -> str:
    see(visitor, location_id)
    return visitor.name


@PROBES.get("/probe/failure")
def failure() -> None:
    raise RuntimeError("a secret of the hub")


@PROBES.api_route("/api/probe", methods=["GET", "POST"])
def reader(visitor: Reader) -> str:
    return visitor.name


class Browser:
    """Stands for one browser."""

    def __init__(self, address: str, **headers: str) -> None:
        """Open it, with nothing in it."""
        self.address = address
        self._headers = {"accept-language": "en", **headers}
        self.jar = httpx2.Cookies()

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self._ask("GET", path, headers)

    def post(self, path: str, form: dict[str, object] | None = None, **headers: str) -> httpx2.Response:
        return self._ask("POST", path, {"origin": self.address, **headers}, form or {})

    def sign_in(self, name: str = "anna", password: str = PASSWORD) -> None:
        answer = self.post("/sign-in", {"name": name, "password": password})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")

    @property
    def cookie(self) -> str:
        """Give the session's cookie as a request brings it."""
        return f"hub={self.jar.get('hub')}"

    def _ask(
        self, method: str, path: str, headers: dict[str, str], form: dict[str, object] | None = None
    ) -> httpx2.Response:
        with httpx2.Client(
            base_url=self.address, headers=self._headers, cookies=self.jar, timeout=PATIENCE_SECONDS
        ) as client:
            answer = client.request(method, path, data=form, headers=headers)
            self.jar = client.cookies
        return answer


@contextmanager
def running(config: uvicorn.Config) -> Iterator[str]:
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
