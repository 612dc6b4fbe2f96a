"""Where an invitation leads: its person chooses a password."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kiosk.hub.access.invitations import WornOut, accept, invited
from kiosk.hub.access.knocking import TheKnock
from kiosk.hub.access.passwords import SHORTEST, BadPassword
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.forms import Text, form_again
from kiosk.hub.pages.going import let_in
from kiosk.hub.pages.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/welcome/{token}")
def welcome_page(request: Request, hub: TheHub, token: str) -> Response:
    """Ask for a password. Opening the page uses nothing up: mail programs open links, too."""
    try:
        person = invited(hub, token)
    except WornOut as error:
        return form_again(request, "worn_out.html", error, "")
    return page(request, "welcome.html", token=token, name=person.name, shortest=SHORTEST, error=None, wrong="")


@router.post("/welcome/{token}")
def choose_password(request: Request, hub: TheHub, knock: TheKnock, token: str, password: Text = "") -> Response:
    """Keep the password and let the person in."""
    try:
        return let_in(hub, accept(hub, token, password, knock), "/")
    except WornOut as error:
        return form_again(request, "worn_out.html", error, "")
    except BadPassword as error:
        name = invited(hub, token).name
        return form_again(request, "welcome.html", error, "password", token=token, name=name, shortest=SHORTEST)
