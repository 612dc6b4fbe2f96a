"""The hub as a web application: every route hangs here."""

from __future__ import annotations

from fastapi import FastAPI

from kiosk.hub.hub import Hub


def create_app(hub: Hub) -> FastAPI:
    """Put the hub together; a server such as uvicorn runs what this gives."""
    app = FastAPI(title="Kiosk hub", docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.hub = hub
    return app
