"""The very first page: it makes the owner's account."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kiosk.errors import KioskError, Refused
from kiosk.hub.access.door import Knock, Wait
from kiosk.hub.access.knocking import TheKnock
from kiosk.hub.access.names import NoName
from kiosk.hub.access.passwords import SHORTEST, BadPassword
from kiosk.hub.access.set_up import SetUpAlready, WrongCode, is_set_up, needs_code, set_up
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.forms import Text, form_again
from kiosk.hub.pages.going import go_to, let_in
from kiosk.hub.pages.language import SPOKEN, chosen_language
from kiosk.hub.pages.rendering import language_of, page
from kiosk.languages import SPOKEN as NAMES

router = APIRouter(include_in_schema=False)

_FIELDS: dict[type[KioskError], str] = {WrongCode: "code", NoName: "name", BadPassword: "password"}
"""Which field an error is about."""


@router.get("/set-up")
def set_up_page(request: Request, hub: TheHub, knock: TheKnock, code: str = "") -> Response:
    """Ask who the owner is to be. A hub that has one has no such page any more."""
    if is_set_up(hub):
        return go_to("/sign-in")
    content = _content(request, hub, knock, language_of(request, None))
    return page(request, "set_up.html", code=code, name="", error=None, wrong="", **content)


@router.post("/set-up")
def make_owner(
    request: Request,
    hub: TheHub,
    knock: TheKnock,
    code: Text = "",
    name: Text = "",
    password: Text = "",
    language: Text = "",
) -> Response:
    """Make the owner's account and let them in."""
    chosen = chosen_language(language, request.headers.get("accept-language", ""))
    content = _content(request, hub, knock, chosen)
    try:
        cookie = set_up(hub, name, password, chosen, code if content["asks_code"] else None, knock)
    except SetUpAlready:
        return go_to("/sign-in")
    except (Refused, NoName, Wait) as error:
        return form_again(request, "set_up.html", error, _FIELDS.get(type(error), ""), code=code, name=name, **content)
    return let_in(hub, cookie, "/")


def _content(request: Request, hub: Hub, knock: Knock, language: str) -> dict[str, Any]:
    return {
        "asks_code": needs_code(hub, knock.address, request.headers.get("host", "")),
        "shortest": SHORTEST,
        "spoken": [(code, NAMES[code]) for code in SPOKEN],
        "chosen": language,
    }
