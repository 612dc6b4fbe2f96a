"""The wall of the back room: today against the goal, kept fresh by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.rendering import page
from kiosk.hub.pages.standpoint import Choice, ChosenPlace, edition_for
from kiosk.hub.pages.wall_view import View, view_of
from kiosk.hub.store.people import Person
from kiosk.hub.store.places import Place
from kiosk.hub.store.pulse import pulse
from kiosk.results.period import today_in

router = APIRouter(include_in_schema=False)

_LOOK_SECONDS = 3.0
_ALIVE_LOOKS = 5
"""After so many looks without news the browser is told that the hub is there."""
_LOOKS = 200
"""Then the browser comes anew, and it is asked again who it is: ten minutes."""
_RETRY_MS = 5000


@router.get("/wall")
def wall(request: Request, choice: ChosenPlace, visitor: Visitor, hub: TheHub) -> Response:
    """Show the wall of a place."""
    return _shown("wall.html", request, choice, visitor, hub)


@router.get("/wall/part")
def part(request: Request, choice: ChosenPlace, visitor: Visitor, hub: TheHub) -> Response:
    """Give the part of the wall that changes."""
    return _shown("wall_part.html", request, choice, visitor, hub)


@router.get("/wall/events")
async def events(choice: ChosenPlace, visitor: Visitor, hub: TheHub) -> Response:
    """Tell a browser whenever the wall has changed."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(hub, choice.place), media_type="text/event-stream", headers=headers)


def _shown(template: str, request: Request, choice: Choice, visitor: Person, hub: Hub) -> Response:
    place = choice.place
    view: View | None = None
    if place is not None and place.config is not None:
        view = view_of(place, place.config, edition_for(request, visitor, place.config), hub)
    return page(request, template, visitor, choice=choice, place=place, view=view)


async def _events(hub: Hub, place: Place | None) -> AsyncIterator[str]:
    """Give news as server-sent events, until the browser shall come anew."""
    look = partial(_pulse, hub, place)
    known = await run_in_threadpool(look)
    yield f"retry: {_RETRY_MS}\n\nevent: alive\ndata: {known}\n\n"
    for number in range(1, _LOOKS + 1):
        await asyncio.sleep(_LOOK_SECONDS)
        now = await run_in_threadpool(look)
        if now != known:
            known = now
            yield f"event: changed\ndata: {known}\n\n"
        elif number % _ALIVE_LOOKS == 0:
            yield f"event: alive\ndata: {known}\n\n"


def _pulse(hub: Hub, place: Place | None) -> str:
    """Give something short that changes whenever today's answers do, and at the turn of the day."""
    if place is None or place.config is None:
        return "-"
    day = today_in(place.config, hub.now_ms()).first
    with hub.database.read() as connection:
        return f"{day}:{pulse(connection, place.id, day)}"
