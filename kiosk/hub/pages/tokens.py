"""Tokens with which programs read what their maker may read."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kiosk.hub.access import accounts
from kiosk.hub.access.names import NoName
from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.forms import Text, form_again
from kiosk.hub.pages.going import go_to
from kiosk.hub.pages.instants import instant_words
from kiosk.hub.pages.rendering import page
from kiosk.hub.store.people import Person
from kiosk.hub.store.tokens import tokens_of

router = APIRouter(include_in_schema=False)


@router.get("/tokens")
def tokens_page(request: Request, visitor: Visitor, hub: TheHub) -> Response:
    """List one's own tokens."""
    content = _content(hub, visitor)
    return page(request, "tokens.html", visitor, **content, fresh=None, name="", error=None, wrong="")


@router.post("/tokens")
def make_token(request: Request, visitor: Visitor, hub: TheHub, name: Text = "") -> Response:
    """Make a token and show it, this once."""
    try:
        fresh = accounts.make_token(hub, visitor, name)
    except NoName as error:
        content = _content(hub, visitor)
        return form_again(request, "tokens.html", error, "name", visitor, **content, fresh=None, name="")
    content = _content(hub, visitor)
    return page(request, "tokens.html", visitor, **content, fresh=fresh, name="", error=None, wrong="")


@router.post("/tokens/revoke")
def revoke_token(visitor: Visitor, hub: TheHub, hash: Text = "") -> Response:
    """End one of one's own tokens."""
    accounts.revoke_token(hub, visitor, hash)
    return go_to("/tokens")


def _content(hub: Hub, visitor: Person) -> dict[str, Any]:
    with hub.database.read() as connection:
        found = tokens_of(connection, visitor.id)
    return {"tokens": found, "instant": instant_words, "public_url": hub.settings.public_url}
