"""Who is asking: the dependencies by which a route says whom it is for.

    @router.get("/comments")
    def comments(visitor: Visitor, hub: TheHub) -> ...:      anybody who has signed in
    def people(visitor: Owner, hub: TheHub) -> ...:          owners only
    def redact(visitor: Manager, hub: TheHub) -> ...:        owners and managers
    def results(visitor: Reader, hub: TheHub) -> ...:        who has signed in, and programs with a token (GET only)

A page is always about locations: `visitor.locations` says which (None for all), `visitor.may_see(id)` for one of them.
What somebody may not see does not exist for them: `see(visitor, location_id)` answers 404.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kiosk.hub.access import cookies
from kiosk.hub.access.seals import digest
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.store import people, sessions, tokens
from kiosk.hub.store.people import Person

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BEARER = HTTPBearer(auto_error=False, scheme_name="reader", description="A token made on the page API tokens.")

_Find = Callable[["Connection", str, int], tuple[UUID, bool] | None]
"""Gives whose a secret is, by its digest at an instant, and whether its use is to be noted."""
_NoteUse = Callable[["Connection", str, int], None]


class NotSignedIn(Exception):
    """Nobody knows who is asking."""


class NotAllowed(Exception):
    """This is known, but not enough."""


class NotSetUp(Exception):
    """There is no account yet that anybody could sign in to."""


def person_in_session(hub: Hub, cookie: str | None) -> Person | None:
    """Give who brought this cookie; None for nobody, or somebody who may not come in any more."""
    return None if cookie is None else _bearer(hub, cookie, sessions.person_in, sessions.see)


def person_with_token(hub: Hub, token: str) -> Person | None:
    """Give who made this token; None for one that is not valid, or whose maker may not come in any more."""
    return _bearer(hub, token, tokens.maker_of, tokens.use)


def _bearer(hub: Hub, secret: str, find: _Find, note_use: _NoteUse) -> Person | None:
    kept, now_ms = digest(secret), hub.now_ms()
    with hub.database.read() as connection:
        found = find(connection, kept, now_ms)
        person = people.person_of(connection, found[0]) if found else None
    if found is None or person is None or person.disabled_ms is not None:
        return None
    if found[1]:
        hub.database.write(lambda connection: note_use(connection, kept, now_ms))
    return person


def _guest(request: Request, hub: TheHub) -> Person | None:
    return person_in_session(hub, cookies.session(hub.settings).brought(request))


Guest = Annotated[Person | None, Depends(_guest)]
"""Whoever it is: None before they have signed in."""


def _visitor(guest: Guest, hub: TheHub) -> Person:
    if guest is not None:
        return guest
    with hub.database.read() as connection:
        is_set_up = people.anybody(connection)
    raise NotSignedIn if is_set_up else NotSetUp


Visitor = Annotated[Person, Depends(_visitor)]
"""Anybody who has signed in."""


def _reader(
    request: Request, hub: TheHub, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Person:
    if bearer is None:
        return _visitor(_guest(request, hub), hub)
    if request.method not in ("GET", "HEAD"):
        raise NotAllowed
    person = person_with_token(hub, bearer.credentials)
    if person is None:
        raise NotSignedIn
    return person


Reader = Annotated[Person, Depends(_reader)]
"""Who has signed in, or a program with the token that somebody made: it may read what its maker may."""


def _manager(visitor: Visitor) -> Person:
    if visitor.role not in ("owner", "manager"):
        raise NotAllowed
    return visitor


Manager = Annotated[Person, Depends(_manager)]
"""Who may change something in a location: owners and managers."""


def require_owner(visitor: Visitor) -> Person:
    """Refuse everybody but owners."""
    if visitor.role != "owner":
        raise NotAllowed
    return visitor


Owner = Annotated[Person, Depends(require_owner)]
"""Who may do everything."""


def see(visitor: Person, location_id: UUID) -> None:
    """Answer 404 where a location is not for the visitor's eyes: they are not told that it exists."""
    if not visitor.may_see(location_id):
        raise HTTPException(404)
