"""People who look at a hub's pages, with a session that was begun for them."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from kiosk.hub.access.seals import digest
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.store import people, sessions
from kiosk.hub.store.people import Person, Role
from tests.hub.fleet import served
from tests.patience import PATIENCE_SECONDS


@dataclass(frozen=True)
class Answered:
    """What the hub answered."""

    status: int
    text: str
    headers: Message[str, str]
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Stay where the hub sent somebody on from."""


_opener = urllib.request.build_opener(_Stay)


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser; None in `cookie` for somebody who has not signed in."""

    url: str
    cookie: str | None

    def get(self, path: str, language: str = "en", **query: str) -> Answered:
        address = self.url + path + (f"?{urlencode(query)}" if query else "")
        return self._ask(urllib.request.Request(address, headers={"Accept-Language": language}))

    def post(self, path: str, **form: str) -> Answered:
        headers = {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}
        return self._ask(urllib.request.Request(self.url + path, urlencode(form).encode(), headers))

    def _ask(self, request: urllib.request.Request) -> Answered:
        if self.cookie:
            request.add_header("Cookie", f"hub={self.cookie}")
        try:
            with _opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                return _answered(answer.status, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            return _answered(error.code, error.read(), error.headers)


@dataclass(frozen=True)
class House:
    """A hub that runs, and the people who may come in."""

    hub: Hub
    url: str

    def person(self, role: Role = "owner", locations: frozenset[UUID] | None = None, language: str = "en") -> Visitor:
        """Let somebody in."""
        now_ms = self.hub.now_ms()
        seen = None if role == "owner" else locations
        person = Person(uuid4(), f"{role}-{uuid4().hex[:6]}", role, language, seen, now_ms, True)
        cookie = uuid4().hex + uuid4().hex
        self.hub.database.write(lambda connection: people.add(connection, person, "hash"))
        self.hub.database.write(lambda connection: sessions.begin(connection, digest(cookie), person.id, now_ms))
        return Visitor(self.url, cookie)

    def stranger(self) -> Visitor:
        """Give somebody who has not signed in."""
        return Visitor(self.url, None)


@contextmanager
def open_house(hub: Hub) -> Iterator[House]:
    """Serve a hub on a free port of this machine."""
    with served(create_app(hub)) as url:
        yield House(hub, url)


def _answered(status: int, body: bytes, headers: Message[str, str]) -> Answered:
    return Answered(status, body.decode("utf-8", "replace"), headers, body)
