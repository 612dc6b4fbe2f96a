"""Signing in and out."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from kiosk.errors import Refused
from kiosk.hub.access import cookies, door, oidc
from kiosk.hub.access.identity_provider import ProviderFailed
from kiosk.hub.access.knocking import TheKnock
from kiosk.hub.access.known_browser import new_mark
from kiosk.hub.access.names import meant
from kiosk.hub.access.origins import local_path
from kiosk.hub.access.set_up import is_set_up
from kiosk.hub.access.visitor import Guest
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.forms import Text, form_again
from kiosk.hub.pages.going import go_to, let_in, see_out
from kiosk.hub.pages.rendering import page
from kiosk.hub.settings import IdentityProvider

router = APIRouter(include_in_schema=False)

_log = logging.getLogger(__name__)


@router.get("/sign-in")
def sign_in_page(request: Request, hub: TheHub, guest: Guest, next: str = "/") -> Response:
    """Ask for name and password; who is in already goes on."""
    if guest is not None:
        return go_to(local_path(next))
    if not is_set_up(hub):
        return go_to("/set-up")
    return page(request, "sign_in.html", next=local_path(next), name="", error=None, wrong="", **_ways(hub))


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
        return form_again(request, "sign_in.html", error, "", next=local_path(next), name=name, **_ways(hub))
    response = let_in(hub, cookie, local_path(next))
    cookies.known_browser(hub.settings).give(response, new_mark(hub, meant(name)))
    return response


@router.post("/sign-out")
def sign_out(hub: TheHub, guest: Guest, knock: TheKnock) -> Response:
    """End this browser's session."""
    if guest is not None and knock.cookie is not None:
        door.sign_out(hub, knock.cookie, guest)
    return see_out(hub, "/sign-in")


@router.get("/sign-in/oidc")
def set_out(request: Request, hub: TheHub, next: str = "/") -> Response:
    """Send a browser to the identity provider."""
    try:
        departure = oidc.set_out(hub, _provider(hub), next)
    except ProviderFailed as error:
        return _failed(request, hub, error)
    response = go_to(departure.address)
    cookies.journey(hub.settings).give(response, departure.cookie)
    return response


@router.get("/sign-in/oidc/back")
def come_back(request: Request, hub: TheHub, knock: TheKnock, code: str = "", state: str = "") -> Response:
    """Let in whom the identity provider has recognised."""
    journey = cookies.journey(hub.settings)
    try:
        cookie, wanted = oidc.come_back(hub, _provider(hub), code, state, journey.brought(request), knock.cookie)
    except (ProviderFailed, oidc.Unknown) as error:
        return _failed(request, hub, error)
    response = let_in(hub, cookie, wanted)
    journey.take_back(response)
    return response


def _failed(request: Request, hub: Hub, error: Refused) -> Response:
    if isinstance(error, ProviderFailed):
        _log.warning("Signing in with the identity provider failed: %s", error.why)
    return form_again(request, "sign_in.html", error, "", next="/", name="", **_ways(hub))


def _provider(hub: Hub) -> IdentityProvider:
    if (provider := hub.settings.identity_provider) is None:
        raise HTTPException(404)
    return provider


def _ways(hub: Hub) -> dict[str, Any]:
    return {"has_provider": hub.settings.identity_provider is not None}
