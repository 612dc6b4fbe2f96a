"""People who look at the hub, their sessions, and what they did."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from kiosk.hub.store.tables.base import Row, check, instant, key, words


class PersonRow(Row, table=True):
    """Somebody with an account."""

    __tablename__ = "person"
    __table_args__ = (check("known", "role IN ('owner', 'manager', 'viewer')"),)

    id: UUID = key()
    name: str = words(unique=True)
    """What is typed to sign in: a short name or an address, in small letters."""
    role: str = words()
    language: str = words(default="en")
    password: str | None = words(default=None)
    """Argon2id hash; None for those who sign in elsewhere (OIDC)."""
    subject: str | None = words(default=None, unique=True)
    """Issuer and subject of an OIDC identity."""
    made_ms: int = instant()
    disabled_ms: int | None = instant(default=None)


class PersonLocationRow(Row, table=True):
    """A location that a manager or a viewer may see; an owner sees all."""

    __tablename__ = "person_location"

    person_id: UUID = key(foreign_key="person.id")
    location_id: UUID = key(foreign_key="location.id")


class SessionRow(Row, table=True):
    """Somebody who has signed in; the cookie's value is not kept."""

    __tablename__ = "session"
    __table_args__ = (Index("session_of_person", "person_id"),)

    hash: str = words(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    made_ms: int = instant()
    seen_ms: int = instant()
    ends_ms: int = instant()


class ApiTokenRow(Row, table=True):
    """A token with which a program reads what its maker may read."""

    __tablename__ = "api_token"
    __table_args__ = (Index("api_token_of_person", "person_id"),)

    hash: str = words(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    name: str = words()
    made_ms: int = instant()
    used_ms: int | None = instant(default=None)
    ended_ms: int | None = instant(default=None)


class AttemptRow(Row, table=True):
    """Failed attempts to sign in or to enrol: what is slowed down."""

    __tablename__ = "attempt"

    subject: str = words(primary_key=True)
    """As `attempts` has them."""
    failures: int = instant(default=0)
    until_ms: int = instant(default=0)
    """Before that no attempt is looked at."""


class AuditRow(Row, table=True):
    """What somebody did at the hub: never an answer's content. Never changes."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_at", "at_ms"),)

    id: UUID = key()
    at_ms: int = instant()
    person_id: UUID | None = None
    """None for what the hub, its command or a kiosk did."""
    event: str = words()
    detail: str = words(default="")


PERSON = Row.metadata.tables["person"]
PERSON_LOCATION = Row.metadata.tables["person_location"]
SESSION = Row.metadata.tables["session"]
API_TOKEN = Row.metadata.tables["api_token"]
ATTEMPT = Row.metadata.tables["attempt"]
AUDIT = Row.metadata.tables["audit"]
