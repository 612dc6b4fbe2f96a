"""`GET /livez` and `GET /readyz`: for whatever looks after the hub's processes."""

from __future__ import annotations

from fastapi import APIRouter, Response

from kiosk.hub.hub import TheHub

routes = APIRouter()


@routes.get("/livez", response_class=Response)
def is_alive() -> Response:
    """Answer: the process runs."""
    return Response("ok\n", media_type="text/plain")


@routes.get("/readyz", response_class=Response)
def is_ready(hub: TheHub) -> Response:
    """Answer with 200 while the database is there, has this hub's schema and takes what is written, else with 503."""
    hub.database.require_ready()
    return Response("ready\n", media_type="text/plain")
