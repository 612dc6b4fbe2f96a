"""What a page about one place stands on: the place, if it is for the visitor's eyes, its days, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, HTTPException, Request

from kiosk.config import Config
from kiosk.hub.access.visitor import Reader, Visitor, see
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.days import AskedDays, Days
from kiosk.hub.pages.rendering import language_of
from kiosk.hub.store.people import Person
from kiosk.hub.store.places import Place, PlaceName, place, place_names
from kiosk.results.period import today_in
from kiosk.telling.edition import Edition


def seen_place(location_id: str, visitor: Visitor, hub: TheHub) -> Place:
    """Give a place. Answers 404 for one that there is not, and for one that is not for the visitor's eyes."""
    wanted = id_in(location_id)
    if wanted is None:
        raise HTTPException(404)
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
    wanted = id_in(location) or _named(location, names)
    if wanted is None and location:
        raise HTTPException(404)
    if wanted is None and not names:
        return Choice(None, names)
    return Choice(seen_place(str(wanted or names[0].id), visitor, hub), names)


ChosenPlace = Annotated[Choice, Depends(chosen_place)]
"""How a route asks for the place that its address names as `location`, if it does."""


class Silent(Exception):
    """Nothing can be shown of a place: no kiosk has told yet what it asks there."""

    def __init__(self, place: Place | None) -> None:
        """Say which; None where the visitor may see no place at all."""
        super().__init__()
        self.place = place


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A place that has something to show, the days that are meant, and how to speak of both."""

    place: Place
    config: Config
    edition: Edition
    days: Days
    names: Sequence[PlaceName] = ()
    """The places to choose from, on a page where another one may be chosen."""

    @property
    def told(self) -> dict[str, Any]:
        """Give what every page about a place tells."""
        days_words = self.edition.days(self.days.period)
        return {"place": self.place, "names": self.names, "days": self.days, "days_words": days_words}


def _standpoint(request: Request, place: SeenPlace, visitor: Reader, hub: TheHub, asked: AskedDays) -> Standpoint:
    if place.config is None:
        raise Silent(place)
    days = asked.on(today_in(place.config, hub.now_ms()).first)
    return Standpoint(place, place.config, edition_for(request, visitor, place.config), days)


def _chosen_standpoint(
    request: Request, choice: ChosenPlace, visitor: Reader, hub: TheHub, asked: AskedDays
) -> Standpoint:
    if choice.place is None:
        raise Silent(None)
    return replace(_standpoint(request, choice.place, visitor, hub, asked), names=choice.names)


SeenStandpoint = Annotated[Standpoint, Depends(_standpoint)]
"""How a route asks for all that a page needs of the place that its address names as `location_id`."""

ChosenStandpoint = Annotated[Standpoint, Depends(_chosen_standpoint)]
"""How a route asks for all that a page needs of the place that its address names as `location`, or of the first one."""


def id_in(words: str) -> UUID | None:
    """Read an id in an address or a form; None for anything else."""
    try:
        return UUID(words)
    except ValueError:
        return None


def _named(location: str, names: Sequence[PlaceName]) -> UUID | None:
    sought = location.strip().casefold()
    if not sought:
        return None
    found = [each for each in names if sought in each.name.casefold()]
    return min(found, key=lambda each: len(each.name)).id if found else None
