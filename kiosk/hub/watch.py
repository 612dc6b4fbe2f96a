"""Looks every minute after what nobody asks for: kiosks that went silent, and keys that a command has changed."""

from __future__ import annotations

import logging
from functools import partial

from kiosk.errors import KioskError
from kiosk.hub.hub import Hub
from kiosk.hub.store.config_states import SILENT_MS
from kiosk.hub.store.rollouts import judge, locations_under_way

_SECONDS = 60.0

_log = logging.getLogger(__name__)


class Watch:
    """Used by one thread."""

    def __init__(self, hub: Hub) -> None:
        """Watch from now on."""
        self._hub, self._began_s = hub, hub.clock.seconds()

    def look(self) -> float:
        """Look once; give the seconds until the next time."""
        try:
            self._hub.database.look_again()
            if self._has_listened():
                self._judge()
        except KioskError as error:
            _log.warning("roll-outs not looked at: %s", error.message)
        return _SECONDS

    def _has_listened(self) -> bool:
        """Tell whether silence is the kiosks': for a while after its start it may be this hub that was not there."""
        return (self._hub.clock.seconds() - self._began_s) * 1000 > SILENT_MS

    def _judge(self) -> None:
        database, now_ms = self._hub.database, self._hub.now_ms()
        with database.read() as connection:
            locations = locations_under_way(connection)
        for location in locations:
            database.write(partial(judge, location_id=location, now_ms=now_ms))
