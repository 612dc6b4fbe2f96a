"""Letting a kiosk in: a code for one place, told once."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from fastapi import APIRouter, HTTPException, Request, Response

from kiosk.errors import KioskError, Refused, UsageError
from kiosk.hub.access.visitor import Manager, see
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.forms import Text, form_again
from kiosk.hub.pages.rendering import page
from kiosk.hub.store.admission import CodeWanted, MadeCode, admit
from kiosk.hub.store.kiosks import kiosk
from kiosk.hub.store.people import Person
from kiosk.hub.store.places import place_names, usual_calendar
from kiosk.text import clean
from kiosk.words import N_

router = APIRouter(include_in_schema=False)


@router.get("/kiosks/connect")
def ask(request: Request, visitor: Manager, hub: TheHub, location: str = "") -> Response:
    """Ask where the new kiosk stands."""
    return page(request, "connect.html", visitor, **_form(hub, visitor), place=location, new="", zone="", error=None)


@router.post("/kiosks/connect")
def make(
    request: Request, visitor: Manager, hub: TheHub, place: Text = "", new: Text = "", zone: Text = ""
) -> Response:
    """Make a code and tell it."""
    try:
        made = _made(hub, visitor, clean(place), clean(new), zone)
    except KioskError as error:
        return form_again(
            request, "connect.html", error, "", visitor, **_form(hub, visitor), place=place, new=new, zone=zone
        )
    return _told(request, hub, visitor, made)


@router.post("/kiosks/{device_id}/replace")
def replace(request: Request, device_id: UUID, visitor: Manager, hub: TheHub) -> Response:
    """Make a code for the kiosk that takes another one's place, and tell it."""
    with hub.database.read() as connection:
        known = kiosk(connection, device_id)
    if known is None:
        raise HTTPException(404)
    see(visitor, known.location_id)
    wanted = CodeWanted(known.location, None, str(device_id), hub.settings.code_seconds)
    made = hub.database.write(lambda connection: admit(connection, wanted, hub.clock.now(), visitor.id))
    return _told(request, hub, visitor, made)


def _told(request: Request, hub: Hub, visitor: Person, made: MadeCode) -> Response:
    hours, code = hub.settings.code_seconds // 3600, f"{made.code[:4]}-{made.code[4:]}"
    place, url = made.location.name, hub.settings.public_url
    return page(request, "code.html", visitor, code=code, place=place, hours=hours, url=url)


def _made(hub: Hub, visitor: Person, place: str, new: str, zone: str) -> MadeCode:
    name = new or place
    with hub.database.read() as connection:
        known = {each.name for each in place_names(connection, visitor.locations)}
    if not name:
        raise UsageError(N_("It is not said where the kiosk stands."), N_("Choose a place, or name a new one."))
    if name not in known and visitor.role != "owner":
        raise Refused(N_("Only an owner opens a new place."), N_("Choose one of your places."))
    if new and zone not in available_timezones():
        raise UsageError(N_("There is no such time zone."), N_("Choose one from the list."))
    wanted = CodeWanted(name, ZoneInfo(zone) if new and name not in known else None, None, hub.settings.code_seconds)
    return hub.database.write(lambda connection: admit(connection, wanted, hub.clock.now(), visitor.id))


def _form(hub: Hub, visitor: Person) -> dict[str, Any]:
    with hub.database.read() as connection:
        names = [each.name for each in place_names(connection, visitor.locations)]
        usual, _ = usual_calendar(connection, visitor.locations)
    zones = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/")))
    return {"names": names, "zones": zones, "usual": usual.key, "may_open": visitor.role == "owner"}
