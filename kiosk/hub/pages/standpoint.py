"""What a page about one place stands on: the place, if it is for the visitor's eyes, and how to speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, HTTPException, Request

from kiosk.config import Config
from kiosk.hub.access.visitor import Reader, Visitor, see
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.rendering import language_of
from kiosk.hub.store.people import Person
from kiosk.hub.store.places import Place, PlaceName, place, place_names
from kiosk.telling.edition import Edition


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


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that a page is about, among those to choose from."""

    place: Place | None
    """None where the visitor may see no place at all."""
    names: Sequence[PlaceName]


def chosen_place(visitor: Reader, hub: TheHub, location: str = "") -> Choice:
    """Give the place that `location` names in the address, by id or by (a part of) its name; else the first one.

    Answers 404 for one that there is not, and for one that is not for the visitor's eyes.
    """
    with hub.database.read() as connection:
        names = place_names(connection, visitor.locations)
    wanted = _id_in(location) or _named(location, names)
    if wanted is None and location:
        raise HTTPException(404)
    if wanted is None and not names:
        return Choice(None, names)
    return Choice(seen_place(str(wanted or names[0].id), visitor, hub), names)


ChosenPlace = Annotated[Choice, Depends(chosen_place)]
"""How a route asks for the place that its address names as `location`, if it does."""


def _id_in(location: str) -> UUID | None:
    try:
        return UUID(location)
    except ValueError:
        return None


def _named(location: str, names: Sequence[PlaceName]) -> UUID | None:
    sought = location.strip().casefold()
    if not sought:
        return None
    found = [each for each in names if sought in each.name.casefold()]
    return min(found, key=lambda each: len(each.name)).id if found else None
