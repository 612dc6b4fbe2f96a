"""Every page of the hub, and what pages are made with."""

from __future__ import annotations

from fastapi import APIRouter

from kiosk.hub.pages import (
    account,
    assets,
    audit,
    connecting,
    kiosks,
    location,
    overview,
    people,
    set_up,
    sign_in,
    tokens,
    welcome,
)

router = APIRouter()
for part in (assets, set_up, sign_in, welcome, account, people, audit, tokens, overview, location, kiosks, connecting):
    router.include_router(part.router)
