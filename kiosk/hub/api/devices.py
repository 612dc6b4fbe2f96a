"""Which kiosk is calling: the dependency that every route for kiosks asks for."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kiosk.hub.api.problems import Problem
from kiosk.hub.hub import TheHub
from kiosk.hub.store.devices import Device, Retired, UnknownToken, owner_of
from kiosk.wire.problem import ProblemType

_BEARER = HTTPBearer(auto_error=False, scheme_name="device", description="The token that enrolment gave the kiosk.")


def token_hash(token: str) -> str:
    """Give what the hub keeps of a token."""
    return sha256(token.encode()).hexdigest()


def _calling(hub: TheHub, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Device:
    if bearer is None:
        raise Problem(ProblemType.UNAUTHORISED, "The request has no token.")
    try:
        return owner_of(hub.database, token_hash(bearer.credentials), hub.now_ms())
    except UnknownToken:
        raise Problem(ProblemType.UNAUTHORISED, "The token is not valid: enrol the kiosk anew.") from None
    except Retired:
        raise Problem(ProblemType.RETIRED, "This kiosk was retired or replaced: enrol it anew.") from None


TheDevice = Annotated[Device, Depends(_calling)]
"""How a route asks for the kiosk that calls it. Answers with 401 or 410 where there is none."""
