"""`GET /.well-known/kiosk-hub`: what a hub says of itself to anybody, before any token."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter

from kiosk.hub.hub import TheHub
from kiosk.wire.well_known import WELL_KNOWN, HubFacts

routes = APIRouter()


@routes.get(WELL_KNOWN)
def facts(hub: TheHub) -> HubFacts:
    """Say who this hub is, what it speaks, and how much it takes at once."""
    return HubFacts(
        hub=hub.database.identity.id,
        versions=("v1",),
        max_events=hub.settings.max_events,
        max_bytes=hub.settings.max_bytes,
        server_time=datetime.fromtimestamp(hub.now_ms() / 1000, UTC),
    )
