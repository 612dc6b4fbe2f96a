"""What a page about one place stands on: the place, if it is for the visitor's eyes, and how to speak of it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, HTTPException, Request

from kiosk.config import Config
from kiosk.export.report.edition import Edition
from kiosk.hub.access.visitor import Visitor, see
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.rendering import language_of
from kiosk.hub.store.people import Person
from kiosk.hub.store.places import Place, place


def seen_place(location_id: str, visitor: Visitor, hub: TheHub) -> Place:
    """Give a place. Answers 404 for one that there is not, and for one that is not for the visitor's eyes."""
    try:
        wanted = UUID(location_id)
    except ValueError:
        raise HTTPException(404) from None
    see(visitor, wanted)
    with hub.database.read() as connection:
        found = place(connection, wanted)
    if found is None:
        raise HTTPException(404)
    return found


SeenPlace = Annotated[Place, Depends(seen_place)]
"""How a route asks for the place that its address names as `location_id`."""


def edition_for(request: Request, visitor: Person, config: Config) -> Edition:
    """Speak the visitor's language; customers' words are in it too where the place asks in it."""
    language = language_of(request, visitor)
    return Edition(config, language if language in config.kiosk.languages else None, language)
