"""Every page of the hub, and what pages are made with."""

from __future__ import annotations

from fastapi import APIRouter

from kiosk.hub.pages import assets

router = APIRouter()
router.include_router(assets.router)
