"""`GET /v1/config`: the configuration that a kiosk shall have, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header
from fastapi.responses import Response

from kiosk.hub.api.devices import TheDevice
from kiosk.hub.api.problems import Problem
from kiosk.hub.hub import TheHub
from kiosk.hub.store.config_states import note_offered
from kiosk.hub.store.configs import signed_revision
from kiosk.hub.store.rollouts import Rollout, judge, offered
from kiosk.wire.jws import JOSE_TYPE
from kiosk.wire.problem import ProblemType

if TYPE_CHECKING:
    from sqlalchemy import Connection

routes = APIRouter(prefix="/v1")

_UNCHANGED = 304


@routes.get("/config", response_class=Response, responses={304: {}, 404: {}})
def give_config(hub: TheHub, device: TheDevice, if_none_match: Annotated[str, Header()] = "") -> Response:
    """Give the configuration as a JWS; 304 where the kiosk has it already, 404 where it shall use its own file."""
    now_ms = hub.now_ms()

    def work(connection: Connection) -> tuple[Rollout, str] | None:
        judge(connection, device.location_id, now_ms)
        rollout = offered(connection, device)
        if rollout is None:
            return None
        note_offered(connection, device.id, rollout.etag, now_ms)
        return rollout, signed_revision(connection, device.location_id, rollout.revision)

    found = hub.database.write(work, idempotent=True)
    if found is None:
        raise Problem(ProblemType.NOT_FOUND, "This kiosk shall use its own file.")
    rollout, content = found
    headers = {"etag": f'"{rollout.etag}"'}
    if if_none_match.strip().removeprefix("W/").strip('"') == rollout.etag:
        return Response(status_code=_UNCHANGED, headers=headers)
    return Response(content, headers=headers, media_type=JOSE_TYPE)
