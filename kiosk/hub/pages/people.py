"""Who has an account: owners let people in, say what they may see, and see them out."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Request, Response

from kiosk.errors import KioskError
from kiosk.hub.access import accounts
from kiosk.hub.access.invitations import DAYS, invite
from kiosk.hub.access.names import NoName
from kiosk.hub.access.passwords import SHORTEST, BadPassword
from kiosk.hub.access.visitor import Owner
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.forms import Choices, Text, form_again
from kiosk.hub.pages.going import go_to
from kiosk.hub.pages.language import SPOKEN
from kiosk.hub.pages.rendering import page
from kiosk.hub.store import people
from kiosk.hub.store.locations import all_locations
from kiosk.hub.store.people import Person, Role
from kiosk.languages import SPOKEN as NAMES

router = APIRouter(include_in_schema=False)

ARole = Annotated[Role, Form()]

_FIELDS: dict[type[KioskError], str] = {NoName: "name", accounts.NameInUse: "name", BadPassword: "password"}
"""Which field an error is about."""


@router.get("/people")
def people_page(request: Request, owner: Owner, hub: TheHub) -> Response:
    """List everybody, and offer to let somebody in."""
    return page(request, "people.html", owner, **_listed(hub), **_asked(owner), error=None, wrong="")


@router.post("/people")
def add_person(
    request: Request,
    owner: Owner,
    hub: TheHub,
    role: ARole,
    name: Text = "",
    password: Text = "",
    language: Text = "",
    location: Choices = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Let somebody in: with a first password, or with a link that is shown once."""
    spoken, places = language if language in SPOKEN else owner.language, _known(hub, location)
    try:
        person = accounts.add(hub, name, role, places, password or None, owner, spoken)
    except (NoName, accounts.NameInUse, BadPassword) as error:
        asked = {**_asked(owner), "name": name, "role": role, "chosen": spoken, "ticked": places}
        return form_again(request, "people.html", error, _FIELDS[type(error)], owner, **_listed(hub), **asked)
    return go_to(f"/people/{person.id}") if password else _link_page(request, owner, hub, person)


@router.get("/people/{person_id}")
def person_page(request: Request, owner: Owner, hub: TheHub, person_id: UUID) -> Response:
    """Show one person, and what can be changed."""
    return page(request, "person.html", owner, **_shown(hub, _person(hub, person_id)), error=None, wrong="")


@router.post("/people/{person_id}")
def change_person(
    request: Request,
    owner: Owner,
    hub: TheHub,
    person_id: UUID,
    role: ARole,
    location: Choices = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Give a person another role or other locations."""
    person = _person(hub, person_id)
    try:
        accounts.change(hub, person, role, _known(hub, location), owner)
    except accounts.OnlyOwner as error:
        return form_again(request, "person.html", error, "role", owner, **_shown(hub, person))
    return go_to("/people")


@router.post("/people/{person_id}/disabled")
def disable(request: Request, owner: Owner, hub: TheHub, person_id: UUID) -> Response:
    """Let a person in no more."""
    person = _person(hub, person_id)
    try:
        accounts.disable(hub, person, owner)
    except accounts.OnlyOwner as error:
        return form_again(request, "person.html", error, "role", owner, **_shown(hub, person))
    return go_to("/people")


@router.post("/people/{person_id}/enabled")
def enable(owner: Owner, hub: TheHub, person_id: UUID) -> Response:
    """Let a person in again."""
    accounts.enable(hub, _person(hub, person_id), owner)
    return go_to(f"/people/{person_id}")


@router.post("/people/{person_id}/signed-out")
def sign_out(owner: Owner, hub: TheHub, person_id: UUID) -> Response:
    """End all sessions of a person."""
    accounts.sign_out_everywhere(hub, _person(hub, person_id), owner)
    return go_to(f"/people/{person_id}")


@router.post("/people/{person_id}/link")
def make_link(request: Request, owner: Owner, hub: TheHub, person_id: UUID) -> Response:
    """Make a link with which a person chooses a new password, and show it, this once."""
    return _link_page(request, owner, hub, _person(hub, person_id))


def _link_page(request: Request, owner: Person, hub: Hub, person: Person) -> Response:
    return page(request, "invited.html", owner, person=person, link=invite(hub, person, owner), days=DAYS)


def _person(hub: Hub, person_id: UUID) -> Person:
    with hub.database.read() as connection:
        person = people.person_of(connection, person_id)
    if person is None:
        raise HTTPException(404)
    return person


def _known(hub: Hub, given: list[str]) -> frozenset[UUID]:
    """Give the locations that were ticked and are there."""
    with hub.database.read() as connection:
        return frozenset(place.id for place in all_locations(connection) if str(place.id) in given)


def _listed(hub: Hub) -> dict[str, Any]:
    with hub.database.read() as connection:
        return {"everybody": people.everybody(connection), "places": all_locations(connection)}


def _shown(hub: Hub, person: Person) -> dict[str, Any]:
    with hub.database.read() as connection:
        places = all_locations(connection)
    return {"person": person, "places": places, "role": person.role, "ticked": person.locations or frozenset()}


def _asked(owner: Person) -> dict[str, Any]:
    spoken = [(code, NAMES[code]) for code in SPOKEN]
    empty = {"name": "", "role": "viewer", "ticked": frozenset()}
    return {**empty, "spoken": spoken, "chosen": owner.language, "shortest": SHORTEST}
