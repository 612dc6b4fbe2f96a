"""What the tests of the hub's people start from."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from sqlalchemy import insert

from kiosk.answer import new_id
from kiosk.hub.access.door import Knock
from kiosk.hub.access.set_up import set_up
from kiosk.hub.hub import Hub
from kiosk.hub.store import audit, people
from kiosk.hub.store.people import Person
from kiosk.hub.store.tables.fleet import LOCATION

PASSWORD = "neljä kivaa sanaa"
DESK = "192.0.2.7"
"""Where the owner sits."""


def owner_of(hub: Hub) -> Person:
    """Set the hub up and give its owner."""
    set_up(hub, "anna", PASSWORD, "fi", None, Knock(DESK))
    return person(hub, "anna")


def person(hub: Hub, name: str) -> Person:
    """Give a person who is there."""
    with hub.database.read() as connection:
        found = people.person_named(connection, name)
    assert found is not None
    return found


def location(hub: Hub, name: str) -> UUID:
    """Open a place."""
    made = new_id(hub.clock.now())
    row = {"id": made, "name": name, "timezone": "Europe/Helsinki", "day_ends_at": time(4), "made_ms": 0}
    hub.database.write(lambda connection: connection.execute(insert(LOCATION).values(row)))
    return made


def events(hub: Hub) -> list[str]:
    """Give what was done; the clock stands still, so the order says nothing."""
    with hub.database.read() as connection:
        return sorted(entry.event for entry in audit.entries(connection, None, 100))
