"""`kiosk hub enrol-code` and `kiosk hub retire`: who may send to the hub."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.app import tell
from kiosk.cli.hub.app import HubDatabaseOption, hub, known_url, opened_url
from kiosk.errors import Refused, UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_HOURS = 24

LocationOption = Annotated[
    str | None,
    typer.Option("--location", metavar="NAME", help="The shop (else the only one); a new name opens a new one."),
]
TimezoneOption = Annotated[
    str | None,
    typer.Option("--timezone", metavar="ZONE", help="Of a new location, as Europe/Helsinki (else its first kiosk's)."),
]
ReplacesOption = Annotated[
    str | None, typer.Option("--replaces", metavar="DEVICE", help="The kiosk whose place the new one takes.")
]
DeviceArgument = Annotated[
    str, typer.Argument(metavar="DEVICE", help="A kiosk: its id, the beginning of its id, or its name.")
]


@hub.command("enrol-code", short_help="Make a code that lets one kiosk in.")
def enrol_code(
    location: LocationOption = None,
    timezone: TimezoneOption = None,
    replaces: ReplacesOption = None,
    database: HubDatabaseOption = None,
) -> None:
    """Make a code that lets one kiosk in, once, within a day; it alone is printed on stdout."""
    from kiosk.clock import SystemClock
    from kiosk.hub.store.admission import CodeWanted, admit, usual_place
    from kiosk.hub.store.database import Database

    zone, moment = _zone(timezone) if timezone else None, SystemClock().now()
    url = known_url(database) if replaces else opened_url(database)
    with closing(Database(url)) as opened:
        with opened.read() as connection:
            place = usual_place(connection) if location is None else location.strip()
        wanted = CodeWanted(place, zone, replaces, _HOURS * 3600)
        made = opened.write(lambda connection: admit(connection, wanted, moment))
    typer.echo(made.code)
    if made.is_new_location:
        clocks = f"its clocks are those of {zone.key}" if zone else "its first kiosk brings its clocks"
        tell(f"{made.location.name} is a new location; {clocks}.")
    tell(f"Within {_HOURS} hours, on the kiosk:  kiosk enrol ADDRESS-OF-THIS-HUB {made.code[:4]}-{made.code[4:]}")
    tell("  or type both on its staff screen. Small letters, blanks and the hyphen do not matter.")


@hub.command(short_help="Let a kiosk send no more.")
def retire(device: DeviceArgument, database: HubDatabaseOption = None) -> None:
    """Let a kiosk send no more. Its answers stay, and a new code lets it back in."""
    from kiosk.clock import SystemClock
    from kiosk.hub.store.database import Database
    from kiosk.hub.store.devices import device_called
    from kiosk.hub.store.devices import retire as retire_device

    now_ms = SystemClock().now().at_ms
    with closing(Database(known_url(database))) as opened:
        with opened.read() as connection:
            known = device_called(connection, device)
        could_send = opened.write(lambda connection: retire_device(connection, known.id, now_ms))
    if not could_send:
        raise Refused(f"{known.name} ({known.id}) was retired before.", "Nothing has to be done.")
    tell(f"{known.name} ({known.id}) is retired. A new enrolment code lets it back in.")


def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # what it raises for unknown names, folders and foreign paths
        raise UsageError(f"{name!r} is not a time zone.", "Give an IANA name, as Europe/Helsinki.") from None
