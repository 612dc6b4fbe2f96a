"""`GET /v1/keys`: the keys that the hub signs with, for kiosks that know the ones before."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from kiosk.hub.api.devices import TheDevice
from kiosk.hub.hub import TheHub
from kiosk.hub.store.identity import identity
from kiosk.wire.hub_keys import KEYS, HubKeys, signed
from kiosk.wire.jws import JOSE_TYPE

routes = APIRouter()


@routes.get(KEYS, response_class=Response)
def give_keys(hub: TheHub, _: TheDevice) -> Response:
    """Give the keys as a JWS, signed with the first of them."""
    with hub.database.read() as connection:
        own = identity(connection)
    content = signed(HubKeys(hub=own.id, keys=own.public_keys), own.signing_key)
    return Response(content, media_type=JOSE_TYPE)
