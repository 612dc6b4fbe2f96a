"""What owners do to accounts, and everybody to their own. Each deed stands in the audit log.

`by` is who does it: None for the hub's own command.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.answer import new_id
from kiosk.errors import Refused
from kiosk.hub.access import passwords
from kiosk.hub.access.door import Knock, WrongPassword, count_attempt, excuse
from kiosk.hub.access.limits import limit_for_person
from kiosk.hub.access.names import NoName, name_of
from kiosk.hub.access.seals import digest, new_secret
from kiosk.hub.hub import Hub
from kiosk.hub.store import audit, people, sessions, tokens
from kiosk.hub.store.people import LastOwner, NameTaken, Person, Role
from kiosk.text import clean
from kiosk.words import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_TOKEN_NAME = 60


class NameInUse(Refused):
    """Two people cannot have one name."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(N_("Somebody has this name already."), N_("Choose another one."))


class OnlyOwner(Refused):
    """A hub without an owner could never let anybody in again."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(N_("This is the last owner of the hub."), N_("Make somebody else an owner first."))


def add(
    hub: Hub, name: str, role: Role, locations: Iterable[UUID], password: str | None, by: Person | None, language: str
) -> Person:
    """Add a person; without a password they take up an invitation. Raises NoName, NameInUse and BadPassword."""
    called = name_of(name)
    if password is not None:
        passwords.check_new(password)
    kept, moment = passwords.hashed(password) if password is not None else None, hub.clock.now()
    places = None if role == "owner" else frozenset(locations)
    person = Person(new_id(moment), called, role, language, places, moment.at_ms, kept is not None)

    def work(connection: Connection) -> None:
        people.add(connection, person, kept)
        audit.note(connection, moment.at_ms, "person.added", f"{called}: {role}", by.id if by else None)

    try:
        hub.database.write(work)
    except NameTaken:
        raise NameInUse from None
    return person


def change(hub: Hub, person: Person, role: Role, locations: Iterable[UUID], by: Person | None) -> None:
    """Give a person another role or other locations. Raises OnlyOwner."""
    places = None if role == "owner" else frozenset(locations)
    _keep(hub, replace(person, role=role, locations=places), "person.changed", f"{person.name}: {role}", by)


def disable(hub: Hub, person: Person, by: Person | None) -> None:
    """Let a person in no more: their sessions and tokens end now. Raises OnlyOwner."""
    _keep(hub, replace(person, disabled_ms=hub.now_ms()), "person.disabled", person.name, by)


def enable(hub: Hub, person: Person, by: Person | None) -> None:
    """Let a person in again, with the password they had."""
    _keep(hub, replace(person, disabled_ms=None), "person.enabled", person.name, by)


def speak(hub: Hub, person: Person, language: str) -> None:
    """Show a person the pages in another language."""
    hub.database.write(lambda connection: people.change(connection, replace(person, language=language)))


def set_password(hub: Hub, person: Person, password: str, by: Person | None) -> None:
    """Give a person another password and sign them out everywhere. Raises BadPassword."""
    passwords.check_new(password)
    kept, now_ms = passwords.hashed(password), hub.now_ms()

    def work(connection: Connection) -> None:
        people.keep_password(connection, person.id, kept)
        sessions.end_all(connection, person.id)
        audit.note(connection, now_ms, "person.password", person.name, by.id if by else None)

    hub.database.write(work)


def change_own_password(hub: Hub, person: Person, old: str, new: str, knock: Knock) -> None:
    """Change a password by somebody who knows it; of their sessions only the one they knock with goes on.

    Raises WrongPassword, Wait and BadPassword.
    """
    limits = (limit_for_person(person.id),)
    count_attempt(hub, limits)
    with hub.database.read() as connection:
        kept = people.password_hash(connection, person.id)
    if not passwords.matches(kept, old):
        raise WrongPassword
    passwords.check_new(new)
    renewed, now_ms = passwords.hashed(new), hub.now_ms()

    def work(connection: Connection) -> None:
        excuse(connection, limits, now_ms)
        people.keep_password(connection, person.id, renewed)
        sessions.end_all(connection, person.id, but=digest(knock.cookie or ""))
        audit.note(connection, now_ms, "person.password", person.name, person.id)

    hub.database.write(work)


def sign_out_everywhere(hub: Hub, person: Person, by: Person) -> None:
    """End all sessions of a person."""

    def work(connection: Connection) -> None:
        sessions.end_all(connection, person.id)
        audit.note(connection, hub.now_ms(), "person.signed_out", person.name, by.id)

    hub.database.write(work)


def make_token(hub: Hub, person: Person, name: str) -> str:
    """Make a token with which a program reads what this person may; gives it for the first and last time."""
    called = clean(name, LONGEST_TOKEN_NAME)
    if not called:
        raise NoName
    token, now_ms = f"kiosk_{new_secret()}", hub.now_ms()

    def work(connection: Connection) -> None:
        tokens.keep(connection, digest(token), person.id, called, now_ms)
        audit.note(connection, now_ms, "token.made", called, person.id)

    hub.database.write(work)
    return token


def revoke_token(hub: Hub, person: Person, token_hash: str) -> None:
    """End one of a person's tokens; one that has ended, or is another's, stays as it is."""
    now_ms = hub.now_ms()

    def work(connection: Connection) -> None:
        name = tokens.revoke(connection, token_hash, person.id, now_ms)
        if name is not None:
            audit.note(connection, now_ms, "token.revoked", name, person.id)

    hub.database.write(work)


def _keep(hub: Hub, person: Person, event: str, detail: str, by: Person | None) -> None:
    now_ms = hub.now_ms()

    def work(connection: Connection) -> None:
        people.change(connection, person)
        if person.disabled_ms is not None:
            sessions.end_all(connection, person.id)
            tokens.revoke_all(connection, person.id, now_ms)
        audit.note(connection, now_ms, event, detail, by.id if by else None)

    try:
        hub.database.write(work)
    except LastOwner:
        raise OnlyOwner from None
