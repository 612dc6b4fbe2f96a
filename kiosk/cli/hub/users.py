"""`kiosk hub user …`: who may open the hub in a browser, from the terminal of the machine it runs on."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.app import JsonOption, tell
from kiosk.cli.hub.app import HubDatabaseOption, hub, known_url, opened_url
from kiosk.errors import Refused, UsageError

if TYPE_CHECKING:
    from uuid import UUID

    from kiosk.hub.hub import Hub
    from kiosk.hub.store.people import Person

_LONGEST_LINE = 1024
"""Bytes read from standard input: more than any password, less than any flood."""

user = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    short_help="Let people in, or see them out.",
    help="The people who may open the hub in a browser. Passwords are asked for, or read from standard input.",
)
hub.add_typer(user, name="user")


class _Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class _Account:
    name: str
    role: str
    locations: list[str] | None
    state: str


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What they type to sign in.")]
RoleArgument = Annotated[_Role, typer.Argument(metavar="ROLE", help="What they may do: owner, manager or viewer.")]
RoleOption = Annotated[_Role, typer.Option("--role", help="What they may do.")]
LocationsOption = Annotated[
    list[str] | None,
    typer.Option("--location", metavar="NAME", help="A location they may see; once for each. Owners see all."),
]


@user.command(short_help="Let somebody in.")
def add(
    name: NameArgument,
    role: RoleOption = _Role.VIEWER,
    location: LocationsOption = None,
    database: HubDatabaseOption = None,
) -> None:
    """Make an account. Its password is asked for twice, or is one line of standard input."""
    from kiosk.hub.access import accounts

    url = known_url(database) if location else opened_url(database)
    with _hub_at(url) as opened:
        places = _locations(opened, location or [])
        person = accounts.add(opened, name, role.value, places, _password(), None, "en")
    tell(f"{person.name} can sign in as {role.value} now.")


@user.command("list", short_help="Show who may come in.")
def list_people(database: HubDatabaseOption = None, as_json: JsonOption = False) -> None:
    """Show every account: name, role, locations and state."""
    from kiosk.hub.store.locations import all_locations
    from kiosk.hub.store.people import everybody

    with _opened(database) as opened, opened.database.read() as connection:
        names = {place.id: place.name for place in all_locations(connection)}
        found = [_account(person, names) for person in everybody(connection)]
    if as_json:
        typer.echo(json.dumps([asdict(account) for account in found], ensure_ascii=False, indent=2))
        return
    for account in found:
        places = "all locations" if account.locations is None else ", ".join(account.locations) or "no location"
        typer.echo(f"{account.name}\t{account.role}\t{places}\t{account.state}")


@user.command(short_help="Give somebody another role.")
def role(
    name: NameArgument, role: RoleArgument, location: LocationsOption = None, database: HubDatabaseOption = None
) -> None:
    """Give somebody another role, and other locations if some are named; else they see those that they saw."""
    from kiosk.hub.access import accounts

    with _opened(database) as opened:
        person = _person(opened, name)
        places = _locations(opened, location) if location else person.locations or ()
        accounts.change(opened, person, role.value, places, None)
    tell(f"{person.name} is {role.value} now.")


@user.command(short_help="Set somebody's password.")
def password(name: NameArgument, database: HubDatabaseOption = None) -> None:
    """Set a password, asked for twice or read from standard input, and end all sessions of the account."""
    from kiosk.hub.access import accounts

    with _opened(database) as opened:
        person = _person(opened, name)
        accounts.set_password(opened, person, _password(), None)
    tell(f"{person.name} has a new password, and is signed out everywhere.")


@user.command(short_help="Let somebody in no more.")
def disable(name: NameArgument, database: HubDatabaseOption = None) -> None:
    """Disable an account: its sessions and tokens end now."""
    from kiosk.hub.access import accounts

    with _opened(database) as opened:
        person = _person(opened, name)
        accounts.disable(opened, person, None)
    tell(f"{person.name} cannot sign in any more. `kiosk hub user enable` lets them in again.")


@user.command(short_help="Let somebody in again.")
def enable(name: NameArgument, database: HubDatabaseOption = None) -> None:
    """Enable an account that was disabled; its password is what it was."""
    from kiosk.hub.access import accounts

    with _opened(database) as opened:
        person = _person(opened, name)
        accounts.enable(opened, person, None)
    tell(f"{person.name} can sign in again.")


@contextmanager
def _opened(named: str | None) -> Iterator[Hub]:
    """Open a hub that is there, and name the command that helps where its last owner would go."""
    from kiosk.hub.access.accounts import OnlyOwner

    try:
        with _hub_at(known_url(named)) as opened:
            yield opened
    except OnlyOwner as error:
        raise Refused(error.message, "Make somebody else an owner first: `kiosk hub user role NAME owner`.") from error


@contextmanager
def _hub_at(url: str) -> Iterator[Hub]:
    from kiosk.clock import SystemClock
    from kiosk.hub.hub import Hub
    from kiosk.hub.settings import Settings
    from kiosk.hub.store.database import Database

    clock = SystemClock()
    with closing(Database(url, clock)) as database:
        yield Hub(Settings(url, public_url=""), database, clock)


def _person(opened: Hub, name: str) -> Person:
    from kiosk.hub.access.names import meant
    from kiosk.hub.store.people import person_named

    with opened.database.read() as connection:
        person = person_named(connection, meant(name))
    if person is None:
        raise UsageError(f"This hub knows nobody called {meant(name)!r}.", "`kiosk hub user list` shows who is there.")
    return person


def _locations(opened: Hub, names: list[str]) -> list[UUID]:
    from kiosk.hub.store.locations import all_locations

    with opened.database.read() as connection:
        known = {place.name: place.id for place in all_locations(connection)}
    for name in names:
        if name not in known:
            there = ", ".join(known) or "none yet: they come with the first kiosk"
            raise UsageError(f"This hub has no location called {name!r}.", f"Its locations are: {there}.")
    return [known[name] for name in names]


def _password() -> str:
    if sys.stdin.isatty():
        asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True)
        return asked
    return sys.stdin.buffer.readline(_LONGEST_LINE).decode("utf-8", "replace").rstrip("\r\n")


def _account(person: Person, names: dict[UUID, str]) -> _Account:
    places = None if person.locations is None else sorted(names[place] for place in person.locations)
    state = "disabled" if person.disabled_ms is not None else "active" if person.has_password else "invited"
    return _Account(person.name, person.role, places, state)
