"""Making an enrolment code for a place that is named, which may have to be opened first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kiosk.clock import Moment
from kiosk.errors import Refused, UsageError
from kiosk.hub.store.codes import CodeUse, make_code
from kiosk.hub.store.devices import device_called
from kiosk.hub.store.locations import UNNAMED, Location, add_location, all_locations, location_named


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """What somebody asks for."""

    location: str
    """Its name."""
    zone: ZoneInfo | None
    """Of a new location."""
    replaces: str | None
    """A kiosk, as `device_called` finds it."""
    seconds: int
    """How long the code shall be good for."""


@dataclass(frozen=True, slots=True)
class MadeCode:
    """A code, told only now."""

    code: str
    location: Location
    is_new_location: bool


def usual_place(connection: Connection) -> str:
    """Name the place that is meant where nobody names one: the only one, or the first of a new hub."""
    known = all_locations(connection)
    if len(known) > 1:
        raise UsageError(f"This hub has {len(known)} locations.", "Name one with --location.")
    return known[0].name if known else UNNAMED


def admit(connection: Connection, wanted: CodeWanted, moment: Moment, by: UUID | None = None) -> MadeCode:
    """Make a code, and open its location if it is new; `by` is the person who wants it.

    Raises UsageError for a location without a name and a kiosk that is not known, Refused where the zone differs.
    """
    known = location_named(connection, wanted.location)
    if known and wanted.zone and wanted.zone != known.zone:
        raise Refused(
            f"{known.name} lives in {known.zone.key}.", "Leave --timezone out: a location keeps what it began with."
        )
    if not wanted.location:
        raise UsageError("A location needs a name.", "Give one, as --location 'Kampin lounaskahvila'.")
    old = device_called(connection, wanted.replaces).id if wanted.replaces else None
    location = known or add_location(connection, wanted.location, wanted.zone or ZoneInfo("UTC"), moment)
    code = make_code(connection, CodeUse(location.id, old), moment.at_ms, wanted.seconds, by)
    return MadeCode(code, location, known is None)
