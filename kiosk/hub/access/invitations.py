"""Links with which somebody chooses a first, or a new, password: good for one use and three days.

A link is sealed rather than stored. The seal covers the password as it is kept now, so that the first use of one link
ends all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.errors import Refused
from kiosk.hub.access import passwords
from kiosk.hub.access.door import Knock, begin_session
from kiosk.hub.access.seals import is_same, seal
from kiosk.hub.hub import Hub
from kiosk.hub.store import audit, people, sessions
from kiosk.hub.store.people import Person
from kiosk.hub.store.seal_key import seal_key
from kiosk.words import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

DAYS = 3
_PURPOSE = "invitation"


class WornOut(Refused):
    """The link was used, is too old, or was made up."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(N_("This link cannot be used any more."), N_("Ask an owner of this hub for a new one."))


def invite(hub: Hub, person_id: UUID) -> str:
    """Give the address to hand to a person. Whoever has it can sign in as them."""
    ends_ms = hub.now_ms() + DAYS * 86_400_000
    with hub.database.read() as connection:
        sealed = _sealed(connection, person_id, ends_ms)
    return f"{hub.settings.public_url}/welcome/{person_id.hex}-{ends_ms}-{sealed}"


def invited(hub: Hub, token: str) -> Person:
    """Give the person whom a link is for. Raises WornOut."""
    with hub.database.read() as connection:
        return _invited(connection, token, hub.now_ms())


def accept(hub: Hub, token: str, password: str, knock: Knock) -> str:
    """Keep the chosen password and let the person in; gives their cookie. Raises WornOut and BadPassword."""
    invited(hub, token)
    passwords.check_new(password)
    kept, now_ms = passwords.hashed(password), hub.now_ms()

    def work(connection: Connection) -> str:
        person = _invited(connection, token, now_ms)
        people.keep_password(connection, person.id, kept)
        sessions.end_all(connection, person.id)
        audit.note(connection, now_ms, "invitation.accepted", person_id=person.id)
        return begin_session(connection, person, now_ms, knock.cookie)

    return hub.database.write(work)


def _invited(connection: Connection, token: str, now_ms: int) -> Person:
    try:
        person_hex, ends, sealed = token.split("-")
        person_id, ends_ms = UUID(person_hex), int(ends)
    except ValueError:
        raise WornOut from None
    if not is_same(sealed, _sealed(connection, person_id, ends_ms)) or ends_ms <= now_ms:
        raise WornOut
    person = people.person_of(connection, person_id)
    if person is None or person.disabled_ms is not None:
        raise WornOut
    return person


def _sealed(connection: Connection, person_id: UUID, ends_ms: int) -> str:
    kept = people.password_hash(connection, person_id) or ""
    return seal(seal_key(connection), _PURPOSE, person_id.hex, str(ends_ms), kept)
