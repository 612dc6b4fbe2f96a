"""Every page of the hub, and what pages are made with."""

from __future__ import annotations

from fastapi import APIRouter

from kiosk.hub.pages import (
    account,
    assets,
    audit,
    comments,
    compare,
    configuration,
    connecting,
    export,
    heat_map,
    kiosks,
    location,
    overview,
    people,
    set_up,
    sign_in,
    tokens,
    wall,
    welcome,
)

_PARTS = (
    account,
    assets,
    audit,
    comments,
    compare,
    configuration,
    connecting,
    export,
    heat_map,
    kiosks,
    location,
    overview,
    people,
    set_up,
    sign_in,
    tokens,
    wall,
    welcome,
)

router = APIRouter()
for part in _PARTS:
    router.include_router(part.router)
