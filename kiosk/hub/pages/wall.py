"""The wall of the back room: today against the goal, at one place or several, kept fresh by itself."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.following import Followed
from kiosk.hub.pages.rendering import page
from kiosk.hub.pages.several import ALL, Several, SeveralPlaces, read_places
from kiosk.hub.pages.standpoint import edition_for
from kiosk.hub.pages.wall_view import View, view_of
from kiosk.hub.store.people import Person
from kiosk.hub.store.places import Place

router = APIRouter(include_in_schema=False)

MOST_CARDS = 24
"""Places that a wall has room for."""
_COLUMNS = ((2, 2), (3, 3), (4, 2), (6, 3), (8, 4), (9, 3), (12, 4), (20, 5), (MOST_CARDS, 6))
"""Up to how many cards stand in how many columns, so that few gaps are left."""


@router.get("/wall")
def wall(request: Request, several: SeveralPlaces, visitor: Visitor, hub: TheHub) -> Response:
    """Show the wall of some places: of all that the visitor may see, unless the address names some."""
    return _shown("wall.html", request, several, visitor, hub)


@router.get("/wall/part")
def part(request: Request, several: SeveralPlaces, visitor: Visitor, hub: TheHub) -> Response:
    """Give the part of the wall that changes."""
    return _shown("wall_part.html", request, several, visitor, hub)


@router.get("/wall/events")
def events(several: SeveralPlaces, visitor: Visitor, hub: TheHub) -> Response:
    """Tell a browser whenever the wall has changed; 503 where too many are told already."""
    return Followed(hub, visitor.id, _places(several, visitor, hub))


def _shown(template: str, request: Request, several: Several, visitor: Person, hub: Hub) -> Response:
    places = _places(several, visitor, hub)
    is_alone = len(places) == 1
    views = [(place, _view(request, visitor, place, hub, is_alone=is_alone)) for place in places]
    shown = [("location", ALL)] if several.is_all else [("location", str(place.id)) for place in places]
    return page(
        request,
        template,
        visitor,
        views=views,
        at=next((view.at for _, view in views if view), ""),
        columns=next(columns for most, columns in _COLUMNS if len(places) <= most),
        query=urlencode(shown),
        chosen=[place.id for place in places],
        names=several.names,
        is_all=several.is_all,
        wanted=len(several.chosen),
    )


def _places(several: Several, visitor: Person, hub: Hub) -> Sequence[Place]:
    return read_places(several.chosen[:MOST_CARDS], visitor, hub)


def _view(request: Request, visitor: Person, place: Place, hub: Hub, *, is_alone: bool) -> View | None:
    if place.config is None:
        return None
    return view_of(place, place.config, edition_for(request, visitor, place.config), hub, is_alone=is_alone)
