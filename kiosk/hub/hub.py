"""What every part of the hub needs, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from kiosk.clock import Clock
from kiosk.hub.measures import Measures
from kiosk.hub.pace import Pace, Room
from kiosk.hub.seats import Seats
from kiosk.hub.settings import Settings
from kiosk.hub.store.database import Database


@dataclass(frozen=True, slots=True)
class Hub:
    """The running hub."""

    settings: Settings
    database: Database
    clock: Clock
    measures: Measures = field(default_factory=Measures)
    pace: Pace = field(default_factory=Pace)
    """How fast each kiosk sends."""
    room: Room = field(default_factory=Room)
    """What all kiosks together are sending."""
    seats: Seats = field(default_factory=Seats)
    """Who follows the live pages."""

    def now_ms(self) -> int:
        """Give this instant (UTC milliseconds)."""
        return self.clock.now().at_ms


def _hub(request: Request) -> Hub:
    hub: Hub = request.app.state.hub
    return hub


TheHub = Annotated[Hub, Depends(_hub)]
"""How a route asks for the hub."""
