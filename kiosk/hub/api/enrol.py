"""`POST /v1/enrol` and `POST /v1/token`: how a kiosk becomes known, and how it changes its token."""

from __future__ import annotations

import secrets
from math import ceil

from fastapi import APIRouter, Request

from kiosk.hub.access.limits import limit_for_codes
from kiosk.hub.api.devices import TheDevice, token_hash
from kiosk.hub.api.problems import Problem
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.store.attempts import Limit, TooMany, count, forgive
from kiosk.hub.store.codes import WrongCode
from kiosk.hub.store.device_tokens import device_key, know_next_token
from kiosk.hub.store.enrolment import Newcomer, OtherKey, enrol
from kiosk.hub.store.identity import identity
from kiosk.hub.store.locations import Location
from kiosk.wire.enrolment import Enrolled, EnrolRequest, NewToken, NewTokenRequest, signed_text
from kiosk.wire.keys import is_signed
from kiosk.wire.problem import ProblemType

routes = APIRouter(prefix="/v1")


@routes.post("/enrol")
def let_in(hub: TheHub, request: Request, wanted: EnrolRequest) -> Enrolled:
    """Let a kiosk in that has a code and proves that it holds its key."""
    signed = signed_text("enrol", wanted.device_id, wanted.code, wanted.public_key)
    if not is_signed(signed, wanted.signature, wanted.public_key):
        raise Problem(ProblemType.FORBIDDEN, "The request is not signed by the key that it names.")
    limit = limit_for_codes(request.client.host if request.client else "")
    _count_attempt(hub, limit)
    token = secrets.token_urlsafe(32)
    location = _enrol(hub, wanted, token)
    hub.database.write(lambda connection: forgive(connection, limit.subject, hub.now_ms()))
    return Enrolled(
        hub=hub.database.identity.id,
        device_id=wanted.device_id,
        token=token,
        hub_keys=_keys_now(hub),
        location=location.name,
        location_id=location.id,
        server_time_ms=hub.now_ms(),
    )


@routes.post("/token")
def know_token(hub: TheHub, device: TheDevice, wanted: NewTokenRequest) -> NewToken:
    """Know the token that a kiosk will use next. Asking again is harmless."""
    now_ms = hub.now_ms()
    with hub.database.read() as connection:
        key = device_key(connection, device.id)
    if key is None or not is_signed(signed_text("token", device.id, wanted.token_hash), wanted.signature, key):
        raise Problem(ProblemType.FORBIDDEN, "The request is not signed by the kiosk's key.")
    if not hub.database.write(lambda connection: know_next_token(connection, device.id, wanted.token_hash, now_ms)):
        raise Problem(ProblemType.CONFLICT, "This token has ended; make another one.")
    return NewToken(accepted_ms=now_ms)


def _keys_now(hub: Hub) -> tuple[str, str]:
    with hub.database.read() as connection:
        return identity(connection).public_keys


def _count_attempt(hub: Hub, limit: Limit) -> None:
    """Count a code before it is looked at. A right one has to wait too, or the wait would slow no guessing down."""
    try:
        hub.database.write(lambda connection: count(connection, [limit], hub.now_ms()))
    except TooMany as too_many:
        wait_s = ceil(too_many.wait_ms / 1000)
        raise Problem(ProblemType.TOO_MANY, "Too many wrong codes came from this network.", wait_s) from None


def _enrol(hub: Hub, wanted: EnrolRequest, token: str) -> Location:
    newcomer = Newcomer(wanted.device_id, wanted.public_key, wanted.name, wanted.home)
    try:
        return hub.database.write(
            lambda connection: enrol(connection, newcomer, wanted.code, token_hash(token), hub.now_ms())
        )
    except WrongCode:
        raise Problem(ProblemType.WRONG_CODE, "This code is wrong, used up or too old.") from None
    except OtherKey:
        raise Problem(ProblemType.CONFLICT, "A kiosk with this id is known by another key.") from None
