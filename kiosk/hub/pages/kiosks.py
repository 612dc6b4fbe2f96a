"""The kiosks: first those that need a hand, then all; letting new ones in, and old ones go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Request, Response

from kiosk.hub.access.visitor import Manager, Visitor, see
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.going import go_to
from kiosk.hub.pages.needs import Need, needs, usual_version
from kiosk.hub.pages.rendering import language_of, page
from kiosk.hub.store.devices import retire
from kiosk.hub.store.kiosks import KnownKiosk, kiosk, kiosks
from kiosk.hub.store.places import usual_calendar
from kiosk.telling.phrasing import Phrasing
from kiosk.words import N_

router = APIRouter(include_in_schema=False)

_MOST = 200
"""Kiosks in the list of all; a search finds the others."""
_AGES = ((86_400_000, N_("{n} d")), (3_600_000, N_("{n} h")), (60_000, N_("{n} min")))


class Line(NamedTuple):
    """One kiosk as the page shows it."""

    kiosk: KnownKiosk
    needs: Sequence[Need]
    seen: str
    """How long ago; empty for never."""
    tapped: str
    retired: str
    """The day; empty for one that may send."""


@router.get("/kiosks")
def all_kiosks(request: Request, visitor: Visitor, hub: TheHub, q: str = "") -> Response:
    """Show the kiosks of the visitor's locations."""
    phrasing, now_ms = Phrasing(language_of(request, visitor)), hub.now_ms()
    with hub.database.read() as connection:
        known = kiosks(connection, visitor.locations)
        zone, _ = usual_calendar(connection, visitor.locations)
    usual = usual_version(known)
    lines = [
        _line(each, needs(each, now_ms, hub.settings.sync_seconds, usual), now_ms, zone, phrasing) for each in known
    ]
    found = [line for line in lines if q.casefold().strip() in f"{line.kiosk.location} {line.kiosk.name}".casefold()]
    return page(
        request,
        "kiosks.html",
        visitor,
        needing=sorted((line for line in lines if line.needs), key=lambda line: not line.needs[0].is_grave),
        active=sum(line.kiosk.retired_ms is None for line in lines),
        found=found[:_MOST],
        more=max(0, len(found) - _MOST),
        q=q,
        may_change=visitor.role != "viewer",
    )


@router.post("/kiosks/{device_id}/retire")
def retire_kiosk(device_id: UUID, visitor: Manager, hub: TheHub) -> Response:
    """Let a kiosk send no more."""
    with hub.database.read() as connection:
        known = kiosk(connection, device_id)
    if known is None:
        raise HTTPException(404)
    see(visitor, known.location_id)
    hub.database.write(lambda connection: retire(connection, device_id, hub.now_ms(), visitor.id))
    return go_to("/kiosks")


def _line(known: KnownKiosk, wanted: Sequence[Need], now_ms: int, zone: ZoneInfo, phrasing: Phrasing) -> Line:
    told = known.told
    retired = ""
    if known.retired_ms is not None:
        retired = phrasing.short_day(datetime.fromtimestamp(known.retired_ms / 1000, UTC).astimezone(zone).date())
    seen = _age(now_ms - told.seen_ms, phrasing) if told else ""
    tapped = _age(now_ms - told.last_tap_ms, phrasing) if told and told.last_tap_ms is not None else ""
    return Line(known, wanted, seen, tapped, retired)


def _age(age_ms: int, phrasing: Phrasing) -> str:
    """Say how long ago something was."""
    for unit_ms, words in _AGES:
        if age_ms >= unit_ms:
            return phrasing.say(words, n=age_ms // unit_ms)
    return phrasing.say(N_("just now"))
