"""The log of what was done at the hub."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from fastapi import APIRouter, Request, Response

from kiosk.formats import long_day_words, time_words
from kiosk.hub.access.visitor import Owner
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.deeds import DEEDS
from kiosk.hub.pages.instants import local_time
from kiosk.hub.pages.rendering import language_of, page
from kiosk.hub.store.audit import entries

router = APIRouter(include_in_schema=False)

_LINES = 50


@router.get("/audit")
def audit_page(request: Request, owner: Owner, hub: TheHub, before: UUID | None = None) -> Response:
    """Show what was done, the latest first; `before` is the last entry of the page before this one."""
    with hub.database.read() as connection:
        found = entries(connection, before, _LINES + 1)
    language = language_of(request, owner)
    lines = [(local_time(entry.at_ms), entry) for entry in found[:_LINES]]
    days = [(long_day_words(day, language), list(those)) for day, those in groupby(lines, lambda line: line[0].date())]
    older = found[_LINES - 1].id if len(found) > _LINES else None
    return page(
        request,
        "audit.html",
        owner,
        days=days,
        deeds=DEEDS,
        time=lambda at: time_words(at, language),
        older=older,
        is_first=before is None,
    )
