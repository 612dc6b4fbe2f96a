"""The hub as a web application: every route hangs here."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import Lifespan

from kiosk.hub.access.guard import Guard
from kiosk.hub.api import config, enrol, events, health, keys, metrics, well_known
from kiosk.hub.api.limits import BodyLimit
from kiosk.hub.api.problems import speak_of_problems
from kiosk.hub.hub import Hub
from kiosk.hub.pages import routes as pages
from kiosk.hub.pages.refusals import answer_refusals

_MAX_BODY_BYTES = 2 << 20
"""What no request may exceed as it is sent; routes have tighter limits of their own."""


def create_app(hub: Hub, lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """Put the hub together; a server such as uvicorn runs what this gives. `lifespan` is what is done beside."""
    app = FastAPI(title="Kiosk hub", docs_url=None, redoc_url=None, openapi_url="/openapi.json", lifespan=lifespan)
    app.state.hub = hub
    speak_of_problems(app)
    for part in (config, enrol, events, health, keys, metrics, well_known):
        app.include_router(part.routes)
    app.include_router(pages.router)
    app.add_middleware(BodyLimit, limit=_MAX_BODY_BYTES)
    app.add_middleware(Guard, settings=hub.settings)
    answer_refusals(app)
    return app
