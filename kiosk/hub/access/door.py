"""Signing in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Refused
from kiosk.hub.access import passwords
from kiosk.hub.access.known_browser import number_of
from kiosk.hub.access.limits import limit_for_browser, limits_for
from kiosk.hub.access.names import meant
from kiosk.hub.access.seals import digest, new_secret
from kiosk.hub.hub import Hub
from kiosk.hub.store import attempts, audit, people, sessions
from kiosk.hub.store.attempts import Limit, TooMany
from kiosk.hub.store.people import Person
from kiosk.words import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection


class WrongPassword(Refused):
    """The name or the password was not right; which of them is nobody's business."""

    def __init__(self) -> None:
        """Say it."""
        super().__init__(N_("The name or the password is not right."), N_("Try again, or ask an owner of this hub."))


class Wait(Refused):
    """There were too many attempts; this one was not looked at."""

    def __init__(self, wait_ms: int) -> None:
        """Say how long to wait."""
        self.seconds = -(-wait_ms // 1000)
        super().__init__(
            N_("Too many attempts."),
            N_("Wait {seconds} seconds, then try again. Somebody else on this network may have made them."),
            seconds=self.seconds,
        )


@dataclass(frozen=True, slots=True)
class Knock:
    """Where somebody comes from."""

    address: str
    cookie: str | None = None
    """What their browser brought: worth nothing any more once they have signed in anew."""
    mark: str | None = None
    """What their browser keeps of an earlier time."""


def sign_in(hub: Hub, name: str, password: str, knock: Knock) -> str:
    """Let somebody in and give the value of their new cookie. Raises WrongPassword and Wait."""
    called = meant(name)
    browser = number_of(hub, knock.mark, called)
    limits = (limit_for_browser(browser),) if browser else limits_for(knock.address, called)
    count_attempt(hub, limits)
    with hub.database.read() as connection:
        person = people.person_named(connection, called)
        kept = people.password_hash(connection, person.id) if person and person.disabled_ms is None else None
    if not passwords.matches(kept, password) or person is None or kept is None:
        _note_failure(hub, person)
        raise WrongPassword
    renewed = passwords.hashed(password) if passwords.is_outdated(kept) else None
    return hub.database.write(lambda connection: _let_in(connection, hub, person, renewed, limits, knock))


def sign_out(hub: Hub, cookie: str, person: Person) -> None:
    """End one session."""

    def work(connection: Connection) -> None:
        sessions.end(connection, digest(cookie))
        audit.note(connection, hub.now_ms(), "sign_out", person_id=person.id)

    hub.database.write(work)


def count_attempt(hub: Hub, limits: tuple[Limit, ...]) -> None:
    """Count an attempt as failed before it is looked at, so that many at once gain nothing. Raises Wait."""
    try:
        hub.database.write(lambda connection: attempts.count(connection, limits, hub.now_ms()))
    except TooMany as error:
        raise Wait(error.wait_ms) from None


def excuse(connection: Connection, limits: tuple[Limit, ...], now_ms: int) -> None:
    """Take back the count of an attempt that was right: who made it begins anew, the address has one failure less."""
    for limit in limits:
        if limit.is_shared:
            attempts.forgive(connection, limit.subject, now_ms)
        else:
            attempts.forget(connection, limit.subject)


def begin_session(connection: Connection, person: Person, now_ms: int, old_cookie: str | None) -> str:
    """Give the value of a new cookie; what the browser brought before is worth nothing from now on."""
    if old_cookie:
        sessions.end(connection, digest(old_cookie))
    cookie = new_secret()
    sessions.begin(connection, digest(cookie), person.id, now_ms)
    return cookie


def _let_in(
    connection: Connection, hub: Hub, person: Person, renewed: str | None, limits: tuple[Limit, ...], knock: Knock
) -> str:
    now_ms = hub.now_ms()
    excuse(connection, limits, now_ms)
    if renewed:
        people.keep_password(connection, person.id, renewed)
    audit.note(connection, now_ms, "sign_in", person_id=person.id)
    return begin_session(connection, person, now_ms, knock.cookie)


def _note_failure(hub: Hub, person: Person | None) -> None:
    if person is not None:
        now_ms = hub.now_ms()
        hub.database.write(lambda connection: audit.note(connection, now_ms, "sign_in.failed", person.name))
