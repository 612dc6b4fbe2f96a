"""Bodies that are cut short, and more of them at once than the hub has room for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import httpx2
import pytest
from starlette.types import Message, Scope

from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.pace import Crowded, Room
from kiosk.hub.store.devices import Device
from kiosk.wire.ack import Ack
from kiosk.wire.base import BATCH_TYPE, MAX_BYTES
from kiosk.wire.problem import ProblemDetails
from kiosk.wire.writing import body_of
from tests.hub.api.conftest import TOKEN
from tests.hub.api.replies import post, problem, stored
from tests.hub.store.kiosks import Maker

MEGABYTE = 1 << 20


@pytest.fixture
def url(tmp_path: Path) -> str:
    """What is not read to its end never gets as far as a database: a file will do."""
    return f"sqlite:///{tmp_path / 'hub.db'}"


async def sent_in_part(hub: Hub, *pieces: bytes) -> list[Message]:
    """Send the beginning of a batch and hang up, below the server that would drop the answer; give the answer."""
    arriving: list[Message] = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages, answer = iter([*arriving, {"type": "http.disconnect"}]), list[Message]()

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        answer.append(message)

    headers = {"host": "127.0.0.1", "authorization": f"Bearer {TOKEN}", "content-type": BATCH_TYPE}
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/events",
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 50_000),
        "headers": [(name.encode(), said.encode()) for name, said in headers.items()],
    }
    await create_app(hub)(scope, receive, send)
    return answer


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
async def test_a_kiosk_that_hangs_up_within_a_body_leaves_nothing_behind(
    hub: Hub, device: Device, make: Maker, caplog: pytest.LogCaptureFixture, share: float
) -> None:
    assert make.device_id == device.id
    body = body_of([make.answer()])
    answer = await sent_in_part(hub, body[: int(share * len(body))])
    said = ProblemDetails.model_validate_json(answer[1]["body"])
    assert (answer[0]["status"], said.type, said.detail) == (400, "/problems/unreadable", "The body was cut short.")
    assert stored(hub.database) == 0
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []
    with hub.room.held(hub.room.size):
        """All room is free again."""


def test_all_bodies_together_have_64_megabytes() -> None:
    room = Room()
    with room.held(63 * MEGABYTE), room.held(MEGABYTE), pytest.raises(Crowded), room.held(1):
        pass
    with room.held(64 * MEGABYTE):
        """What was held is free again, and what was refused was never held."""


def test_room_is_given_back_where_a_request_fails() -> None:
    room = Room(size=1)
    with pytest.raises(ZeroDivisionError), room.held(1):
        raise ZeroDivisionError
    with room.held(1):
        """It is free again."""


def test_requests_that_come_together_never_hold_more_than_there_is() -> None:
    room, together = Room(size=5), Barrier(8)
    taken: list[bool] = []

    def take() -> None:
        together.wait()
        try:
            with room.held(1):
                taken.append(True)
                together.wait()
        except Crowded:
            taken.append(False)
            together.wait()

    threads = [Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 3 + [True] * 5


def test_a_crowded_hub_says_when_to_come_back_and_goes_on_once_there_is_room(
    kiosk: httpx2.Client, hub: Hub, make: Maker
) -> None:
    body = body_of([make.answer()])
    with hub.room.held(hub.room.size - len(body) + 1):
        reply = post(kiosk, body)
        assert (reply.status_code, problem(reply).type) == (503, "/problems/busy")
        assert 15 <= int(reply.headers["retry-after"]) <= 60
        assert stored(hub.database) == 0
    with hub.room.held(hub.room.size - len(body)):
        assert Ack.model_validate_json(post(kiosk, body).content).accepted == 1


def test_a_body_of_unknown_length_needs_room_for_the_longest(kiosk: httpx2.Client, hub: Hub, make: Maker) -> None:
    body = body_of([make.answer()])

    def pieces() -> Iterator[bytes]:
        yield body

    with hub.room.held(hub.room.size - MAX_BYTES + 1):
        assert kiosk.post("/v1/events", content=pieces()).status_code == 503
    with hub.room.held(hub.room.size - MAX_BYTES):
        assert kiosk.post("/v1/events", content=pieces()).status_code == 200
