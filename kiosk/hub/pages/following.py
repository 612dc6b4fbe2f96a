"""News of some places as server-sent events, for as many browsers as there are seats."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import partial
from uuid import UUID

from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from kiosk.hub.api.problems import answer_to, busy
from kiosk.hub.hub import Hub
from kiosk.hub.seats import Occupied
from kiosk.hub.store.places import Place
from kiosk.hub.store.pulse import pulse
from kiosk.results.period import today_in

_LOOK_SECONDS, _LOOK_AT_MANY_SECONDS = 3.0, 9.0
"""Between looks at one place, and at several: those are more work to show, and change all the time."""
_ALIVE_SECONDS = 15.0
"""After so long without news the browser is told that the hub is there."""
_WHOLE_SECONDS = 600.0
"""Then the browser comes anew, and it is asked again who it is."""
_RETRY_MS = 5000


class Followed(StreamingResponse):
    """Tells a browser of every change at some places; 503 with Retry-After where there is no seat for it."""

    def __init__(self, hub: Hub, person_id: UUID, places: Sequence[Place]) -> None:
        """Take no seat yet: it is held for as long as the answer goes out, and not a moment longer."""
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(_events(hub, places), media_type="text/event-stream", headers=headers)
        self._seats, self._person_id = hub.seats, person_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        try:
            with self._seats.taken(self._person_id):
                await super().__call__(scope, receive, send)
        except Occupied:
            await answer_to(busy("Too many pages follow this hub already."))(scope, receive, send)


async def _events(hub: Hub, places: Sequence[Place]) -> AsyncIterator[str]:
    """Give news as server-sent events, until the browser shall come anew."""
    look = partial(_pulse, hub, places)
    known = await run_in_threadpool(look)
    yield f"retry: {_RETRY_MS}\n\nevent: alive\ndata: {known}\n\n"
    seconds = _LOOK_SECONDS if len(places) == 1 else _LOOK_AT_MANY_SECONDS
    quiet = 0.0
    for _ in range(round(_WHOLE_SECONDS / seconds)):
        await asyncio.sleep(seconds)
        now, quiet = await run_in_threadpool(look), quiet + seconds
        if now != known:
            known, quiet = now, 0.0
            yield f"event: changed\ndata: {known}\n\n"
        elif quiet >= _ALIVE_SECONDS:
            quiet = 0.0
            yield f"event: alive\ndata: {known}\n\n"


def _pulse(hub: Hub, places: Sequence[Place]) -> str:
    """Give something short that changes whenever today's answers do, and at the turn of the day."""
    days = {today_in(place.config, hub.now_ms()).first for place in places if place.config is not None}
    with hub.database.read() as connection:
        told = pulse(connection, [place.id for place in places], days)
    return ":".join([*(day.isoformat() for day in sorted(days)), told])
