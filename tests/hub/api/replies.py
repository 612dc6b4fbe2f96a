"""What a test asks of a hub, and how it reads the answers."""

from __future__ import annotations

from uuid import UUID

import httpx2
from sqlalchemy import func, select

from kiosk.hub.store.database import Database
from kiosk.hub.store.tables.records import ANSWER
from kiosk.wire.base import PROBLEM_TYPE
from kiosk.wire.problem import ProblemDetails


def post(kiosk: httpx2.Client, body: bytes, **headers: str) -> httpx2.Response:
    return kiosk.post(
        "/v1/events", content=body, headers={name.replace("_", "-"): said for name, said in headers.items()}
    )


def problem(reply: httpx2.Response) -> ProblemDetails:
    assert reply.headers["content-type"] == PROBLEM_TYPE
    said = ProblemDetails.model_validate_json(reply.content)
    assert said.status == reply.status_code
    assert UUID(said.instance.removeprefix("urn:uuid:"))
    return said


def stored(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(ANSWER)).scalar_one())
