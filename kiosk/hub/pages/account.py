"""What everybody may change of their own account."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kiosk.errors import KioskError, Refused
from kiosk.hub.access import accounts
from kiosk.hub.access.door import Wait, WrongPassword
from kiosk.hub.access.knocking import TheKnock
from kiosk.hub.access.passwords import SHORTEST
from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.forms import Text, form_again
from kiosk.hub.pages.going import go_to, see_out
from kiosk.hub.pages.language import SPOKEN
from kiosk.hub.pages.rendering import page
from kiosk.hub.store.people import Person
from kiosk.languages import SPOKEN as NAMES

router = APIRouter(include_in_schema=False)


@router.get("/account")
def account_page(request: Request, visitor: Visitor, done: str = "") -> Response:
    """Show what can be changed."""
    return page(request, "account.html", visitor, **_content(visitor), done=done, error=None, wrong="")


@router.post("/account/language")
def change_language(visitor: Visitor, hub: TheHub, language: Text = "") -> Response:
    """Show the pages in another language from now on."""
    if language in SPOKEN:
        accounts.speak(hub, visitor, language)
    return go_to("/account?done=language")


@router.post("/account/password")
def change_password(
    request: Request, visitor: Visitor, hub: TheHub, knock: TheKnock, old: Text = "", new: Text = ""
) -> Response:
    """Change the password by somebody who knows it."""
    try:
        accounts.change_own_password(hub, visitor, old, new, knock)
    except Refused as error:
        return form_again(request, "account.html", error, _field(error), visitor, **_content(visitor), done="")
    return go_to("/account?done=password")


@router.post("/account/sign-out-everywhere")
def sign_out_everywhere(visitor: Visitor, hub: TheHub) -> Response:
    """End every session, this one too."""
    accounts.sign_out_everywhere(hub, visitor, visitor)
    return see_out(hub, "/sign-in")


def _field(error: KioskError) -> str:
    return "old" if isinstance(error, WrongPassword | Wait) else "new"


def _content(visitor: Person) -> dict[str, Any]:
    spoken = [(code, NAMES[code]) for code in SPOKEN]
    return {"spoken": spoken, "chosen": visitor.language, "shortest": SHORTEST, "has_password": visitor.has_password}
