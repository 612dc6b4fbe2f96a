"""Every page of the hub, and what pages are made with."""

from __future__ import annotations

from fastapi import APIRouter

from kiosk.hub.pages import assets, location, set_up, sign_in

router = APIRouter()
router.include_router(assets.router)
router.include_router(set_up.router)
router.include_router(sign_in.router)
router.include_router(location.router)
