"""Several places in one address: `location=A&location=B`, or `location=all`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query

from kiosk.hub.access.visitor import Reader
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.standpoint import chosen_place, seen_place
from kiosk.hub.store.places import Place, PlaceName, place_names

ALL = "all"


@dataclass(frozen=True, slots=True)
class Several:
    """The places that an address names, among those that the visitor may see."""

    names: Sequence[PlaceName]
    """All that the visitor may see."""
    chosen: Sequence[PlaceName]
    is_all: bool
    """Whether the address names none of them, or all."""


def _several(visitor: Reader, hub: TheHub, location: Annotated[Sequence[str], Query()] = ()) -> Several:
    with hub.database.read() as connection:
        names = place_names(connection, visitor.locations)
    said = [each for each in location if each]
    if not said or ALL in said:
        return Several(names, names, True)
    found = [chosen_place(visitor, hub, each).place for each in said]
    chosen = dict.fromkeys(PlaceName(each.id, each.name) for each in found if each)
    return Several(names, list(chosen), False)


SeveralPlaces = Annotated[Several, Depends(_several)]
"""How a route asks for the places that its address names as `location`, each by id or by (a part of) its name.

All that the visitor may see where it names none. Answers 404 where one of them is not, or not for the visitor's eyes.
"""


def read_places(names: Sequence[PlaceName], visitor: Reader, hub: TheHub) -> Sequence[Place]:
    """Give places with all that figures of them need."""
    return [seen_place(str(each.id), visitor, hub) for each in names]
