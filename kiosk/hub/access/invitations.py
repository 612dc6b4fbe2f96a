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
from kiosk.words import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

DAYS = 3
_PURPOSE = "invitation"
_SEAL_LETTERS = 32
"""128 bits: what nobody guesses in three days, in a link that fits into a message."""


class WornOut(Refused):
    """The link was used, is too old, or was made up."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(N_("This link cannot be used any more."), N_("Ask an owner of this hub for a new one."))


def invite(hub: Hub, person: Person, by: Person | None) -> str:
    """Give the address to hand to a person. Whoever has it can sign in as them."""
    now_ms = hub.now_ms()
    ends_s = now_ms // 1000 + DAYS * 86_400

    def work(connection: Connection) -> str:
        audit.note(connection, now_ms, "invitation.made", person.name, by.id if by else None)
        return _sealed(hub, connection, person.id, ends_s)

    return f"{hub.settings.public_url}/welcome/{person.id.hex}-{ends_s}-{hub.database.write(work)}"


def invited(hub: Hub, token: str) -> Person:
    """Give the person whom a link is for. Raises WornOut."""
    with hub.database.read() as connection:
        return _invited(hub, connection, token, hub.now_ms())


def accept(hub: Hub, token: str, password: str, knock: Knock) -> str:
    """Keep the chosen password and let the person in; gives their cookie. Raises WornOut and BadPassword."""
    invited(hub, token)
    passwords.check_new(password)
    kept, now_ms = passwords.hashed(password), hub.now_ms()

    def work(connection: Connection) -> str:
        person = _invited(hub, connection, token, now_ms)
        people.keep_password(connection, person.id, kept)
        sessions.end_all(connection, person.id)
        audit.note(connection, now_ms, "invitation.accepted", person_id=person.id)
        return begin_session(connection, person, now_ms, knock.cookie)

    return hub.database.write(work)


def _invited(hub: Hub, connection: Connection, token: str, now_ms: int) -> Person:
    try:
        person_hex, ends, sealed = token.split("-")
        person_id, ends_s = UUID(person_hex), int(ends)
    except ValueError:
        raise WornOut from None
    if not is_same(sealed, _sealed(hub, connection, person_id, ends_s)) or ends_s * 1000 <= now_ms:
        raise WornOut
    person = people.person_of(connection, person_id)
    if person is None or person.disabled_ms is not None:
        raise WornOut
    return person


def _sealed(hub: Hub, connection: Connection, person_id: UUID, ends_s: int) -> str:
    kept = people.password_hash(connection, person_id) or ""
    return seal(hub.database.identity.signing_key.encode(), _PURPOSE, person_id.hex, str(ends_s), kept)[:_SEAL_LETTERS]
