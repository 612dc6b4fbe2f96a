"""What a hub will not take: always a problem after RFC 9457, never a page, and nothing is stored."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kiosk.errors import StoreError
from kiosk.hub.hub import Hub
from kiosk.hub.store.database import Database
from kiosk.hub.store.failures import Busy
from kiosk.wire.base import MAX_BYTES, MAX_EVENTS
from kiosk.wire.writing import body_of
from tests.hub.api.conftest import TOKEN
from tests.hub.api.replies import post, problem, stored
from tests.hub.store.kiosks import Maker


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Refusals never get as far as a database: a file will do."""
    return f"sqlite:///{tmp_path / 'hub.db'}"


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}"])
def test_without_a_token_nothing_is_read(kiosk: httpx2.Client, make: Maker, hub: Hub, authorization: str) -> None:
    reply = post(kiosk, body_of([make.answer()]), authorization=authorization)
    assert (reply.status_code, problem(reply).type) == (401, "/problems/unauthorised")
    assert stored(hub.database) == 0


@pytest.mark.parametrize(
    ("body", "headers", "status", "kind"),
    [
        (b"<html>", {}, 400, "unreadable"),
        (b"", {}, 400, "unreadable"),
        (b"{}", {}, 400, "unreadable"),
        (b"[" * 100_000, {}, 400, "unreadable"),
        (b"[]", {"content_type": "text/html"}, 415, "unreadable"),
        (b"[]", {"content_encoding": "br"}, 415, "unreadable"),
        (b"[]", {"content_encoding": "gzip"}, 400, "unreadable"),
        (gzip.compress(b"[]", mtime=0)[:-3], {"content_encoding": "gzip"}, 400, "unreadable"),
        (gzip.compress(b" " * 50 * MAX_BYTES, mtime=0), {"content_encoding": "gzip"}, 413, "too-large"),
        (b" " * (MAX_BYTES + 1), {}, 413, "too-large"),
        (b" " * (5 * MAX_BYTES), {}, 413, "too-large"),
        (b"[" + b"1," * MAX_EVENTS + b"1]", {}, 413, "too-large"),
    ],
)
def test_what_is_no_batch_is_a_problem(
    kiosk: httpx2.Client, body: bytes, headers: dict[str, str], status: int, kind: str
) -> None:
    reply = post(kiosk, body, **headers)
    assert (reply.status_code, problem(reply).type) == (status, f"/problems/{kind}")


def test_a_body_without_an_end_is_not_read_to_it(kiosk: httpx2.Client) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 200 * MAX_BYTES:
            sent += 65_536
            yield b" " * 65_536

    try:
        reply = kiosk.post("/v1/events", content=endless())
    except httpx2.HTTPError:
        pass  # the hub hung up
    else:
        assert problem(reply).type == "/problems/too-large"
    assert sent < 50 * MAX_BYTES


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/nothing", 404), ("GET", "/v1/events", 405), ("DELETE", "/v1/enrol", 405)],
)
def test_a_path_or_a_method_that_is_not_there_is_a_problem(
    kiosk: httpx2.Client, method: str, path: str, status: int
) -> None:
    reply = kiosk.request(method, path)
    assert problem(reply).status == reply.status_code == status


def test_what_a_request_said_is_not_repeated(kiosk: httpx2.Client) -> None:
    reply = kiosk.post("/v1/enrol", json={"code": ["secret"], "device_id": 5})
    assert "secret" not in reply.text
    assert problem(reply).type == "/problems/invalid"


@pytest.mark.parametrize("error", [Busy("The hub has more to write than it can."), StoreError("/srv/hub.db is full.")])
def test_a_hub_that_cannot_store_now_says_when_to_come_back(
    kiosk: httpx2.Client,
    make: Maker,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: StoreError,
) -> None:
    body, waits = body_of([make.answer()]), set()

    def fail(*_: Any, **__: Any) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", fail)
        for _ in range(8):
            reply = post(kiosk, body)
            assert (reply.status_code, problem(reply).type) == (503, "/problems/busy")
            assert "srv" not in reply.text
            waits.add(int(reply.headers["retry-after"]))
    assert len(waits) > 1, "all would come back at once"
    assert all(15 <= wait <= 60 for wait in waits)
    assert error.message in caplog.text, "only the hub's own log may say which disk is full"


def test_a_failure_of_the_hub_is_a_problem_and_its_reference_stands_in_the_log(
    kiosk: httpx2.Client, make: Maker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("kiosk.hub.api.events.take", fail)
        reply = post(kiosk, body_of([make.answer(kind="text", text="my number is 040")]))
    said = problem(reply)
    assert said.status == 500
    assert said.instance in caplog.text
    assert "040" not in caplog.text


def test_a_mad_kiosk_slows_down_itself_alone(kiosk: httpx2.Client, hub: Hub) -> None:
    hub.pace.at_once, hub.pace.per_second = 3, 0.001
    replies = [post(kiosk, b"[]") for _ in range(4)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert int(replies[3].headers["retry-after"]) >= 1
    assert problem(replies[3]).type == "/problems/busy"
    assert hub.pace.wait_s("another") == 0
