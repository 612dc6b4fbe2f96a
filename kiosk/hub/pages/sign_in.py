"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kiosk.errors import Refused
from kiosk.hub.access import door
from kiosk.hub.access.knocking import TheKnock
from kiosk.hub.access.origins import local_path
from kiosk.hub.access.set_up import is_set_up
from kiosk.hub.access.visitor import Guest
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.forms import Text, form_again
from kiosk.hub.pages.going import go_to, let_in, see_out
from kiosk.hub.pages.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def sign_in_page(request: Request, hub: TheHub, guest: Guest, next: str = "/") -> Response:
    """Ask for name and password; who is in already goes on."""
    if guest is not None:
        return go_to(local_path(next))
    if not is_set_up(hub):
        return go_to("/set-up")
    return page(request, "sign_in.html", next=local_path(next), name="", error=None, wrong="")


@router.post("/sign-in")
def sign_in(
    request: Request,
    hub: TheHub,
    knock: TheKnock,
    name: Text = "",
    password: Text = "",
    next: Text = "/",
) -> Response:
    """Let somebody in, and send them where they wanted to go."""
    try:
        cookie = door.sign_in(hub, name, password, knock)
    except Refused as error:
        return form_again(request, "sign_in.html", error, "", next=local_path(next), name=name)
    return let_in(hub, cookie, local_path(next))


@router.post("/sign-out")
def sign_out(hub: TheHub, guest: Guest, knock: TheKnock) -> Response:
    """End this browser's session."""
    if guest is not None and knock.cookie is not None:
        door.sign_out(hub, knock.cookie, guest)
    return see_out(hub, "/sign-in")
