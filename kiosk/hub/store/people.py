"""People with an account: their names, roles, locations and password hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection, Select, delete, insert, select, update

from kiosk.hub.store import dialects
from kiosk.hub.store.tables.people import PERSON, PERSON_LOCATION

Role = Literal["owner", "manager", "viewer"]
FIRST_ID = UUID("00000000-0000-7000-8000-000000000001")
"""The id of the person who set the hub up."""


class NameTaken(Exception):
    """Somebody has this name already."""


class LastOwner(Exception):
    """Nobody would be left who can let people in."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: UUID
    name: str
    role: Role
    language: str
    locations: frozenset[UUID] | None
    """What a manager or a viewer may see; None for all, which an owner sees."""
    made_ms: int
    has_password: bool
    """False until an invitation is taken up, and for those who sign in elsewhere (OIDC)."""
    disabled_ms: int | None = None

    def may_see(self, location_id: UUID) -> bool:
        """Tell whether a location's figures, comments and kiosks are for this person's eyes."""
        return self.locations is None or location_id in self.locations


_FACTS = (
    PERSON.c.id,
    PERSON.c.name,
    PERSON.c.role,
    PERSON.c.language,
    PERSON.c.made_ms,
    PERSON.c.disabled_ms,
    PERSON.c.password,
)


def anybody(connection: Connection) -> bool:
    """Tell whether the hub has an account at all, be it disabled."""
    return connection.execute(select(PERSON.c.id).limit(1)).first() is not None


def person_of(connection: Connection, person_id: UUID) -> Person | None:
    """Give a person by id."""
    return _person(connection, select(*_FACTS).where(PERSON.c.id == person_id))


def person_named(connection: Connection, name: str) -> Person | None:
    """Give a person by the name that is typed to sign in."""
    return _person(connection, select(*_FACTS).where(PERSON.c.name == name))


def person_identified(connection: Connection, subject: str) -> Person | None:
    """Give the person with an OIDC identity."""
    return _person(connection, select(*_FACTS).where(PERSON.c.subject == subject))


def everybody(connection: Connection) -> Sequence[Person]:
    """Give all accounts by name, those that are disabled last."""
    found = connection.execute(select(*_FACTS).order_by(PERSON.c.disabled_ms.is_not(None), PERSON.c.name)).all()
    places: dict[UUID, set[UUID]] = {}
    for person_id, location_id in connection.execute(select(PERSON_LOCATION)):
        places.setdefault(person_id, set()).add(location_id)
    return [_filled(row, places.get(row.id, ())) for row in found]


def add(connection: Connection, person: Person, password: str | None = None, subject: str | None = None) -> None:
    """Add a person, with an Argon2id hash or an OIDC identity. Raises NameTaken."""
    if person_named(connection, person.name) is not None:
        raise NameTaken
    connection.execute(insert(PERSON).values(_columns(person) | {"password": password, "subject": subject}))
    _place(connection, person)


def add_first(connection: Connection, person: Person, password: str) -> bool:
    """Add the very first person; tells False, and adds nobody, when there is somebody already.

    The person gets an id that only one can have, so that of two who try at once one comes too late.
    """
    if anybody(connection):
        return False
    row = _columns(replace(person, id=FIRST_ID)) | {"password": password}
    statement = dialects.insert(connection, PERSON).values(row).on_conflict_do_nothing().returning(PERSON.c.id)
    return connection.execute(statement).first() is not None


def change(connection: Connection, person: Person) -> None:
    """Keep a person's role, language, locations and whether they are disabled. Raises LastOwner."""
    owners = select(PERSON.c.id).where(PERSON.c.role == "owner", PERSON.c.disabled_ms.is_(None)).order_by(PERSON.c.id)
    connection.execute(owners.with_for_update()).all()  # two owners cannot disable each other at once
    connection.execute(update(PERSON).where(PERSON.c.id == person.id).values(_columns(person)))
    connection.execute(delete(PERSON_LOCATION).where(PERSON_LOCATION.c.person_id == person.id))
    _place(connection, person)
    if connection.execute(owners).first() is None:
        raise LastOwner


def password_hash(connection: Connection, person_id: UUID) -> str | None:
    """Give what is kept of a password."""
    found: str | None = connection.execute(select(PERSON.c.password).where(PERSON.c.id == person_id)).scalar()
    return found


def keep_password(connection: Connection, person_id: UUID, password: str) -> None:
    """Keep another Argon2id hash."""
    connection.execute(update(PERSON).where(PERSON.c.id == person_id).values(password=password))


def identify(connection: Connection, person_id: UUID, subject: str) -> bool:
    """Keep the OIDC identity by which a person is known from now on; False, and nothing, where there is one already."""
    query = update(PERSON).where(PERSON.c.id == person_id, PERSON.c.subject.is_(None))
    return connection.execute(query.values(subject=subject)).rowcount == 1


def _columns(person: Person) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "language": person.language,
        "made_ms": person.made_ms,
        "disabled_ms": person.disabled_ms,
    }


def _place(connection: Connection, person: Person) -> None:
    if rows := [{"person_id": person.id, "location_id": place} for place in sorted(person.locations or ())]:
        connection.execute(insert(PERSON_LOCATION), rows)


def _person(connection: Connection, query: Select[Any]) -> Person | None:
    row = connection.execute(query).first()
    if row is None:
        return None
    own = select(PERSON_LOCATION.c.location_id).where(PERSON_LOCATION.c.person_id == row.id)
    return _filled(row, connection.execute(own).scalars())


def _filled(row: Any, places: Any) -> Person:
    locations = None if row.role == "owner" else frozenset(places)
    return Person(
        row.id, row.name, row.role, row.language, locations, row.made_ms, row.password is not None, row.disabled_ms
    )
