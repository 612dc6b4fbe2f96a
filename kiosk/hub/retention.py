"""Forgets what customers wrote once it is old enough: at the hub's start, and once a day."""

from __future__ import annotations

import logging
from threading import Event, Thread

from kiosk.errors import KioskError
from kiosk.hub.hub import Hub
from kiosk.hub.store.privacy import forget_old_texts

_DAY_SECONDS = 86_400.0
_SOON_SECONDS = 600.0
"""When to try again after the database was in the way."""

_log = logging.getLogger(__name__)


class Retention:
    """Works beside the requests, in a thread of its own. Several hubs on one database do no harm to each other."""

    def __init__(self, hub: Hub) -> None:
        """Be ready; `start` begins."""
        self._hub = hub
        self._over = Event()
        self._thread = Thread(target=self._run, name="hub-retention", daemon=True)

    def start(self) -> None:
        """Forget what is old now, and from now on."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self.forget()):
            pass

    def forget(self) -> float:
        """Forget what is old, unless the clock may be wrong; give the seconds until the next time."""
        now = self._hub.clock.now()
        if now.state == "unsynced":
            return _SOON_SECONDS
        try:
            if erased := forget_old_texts(self._hub.database, now.at_ms):
                _log.info("%d texts had been kept long enough", erased)
        except KioskError as error:
            _log.warning("old texts not erased: %s", error.message)
            return _SOON_SECONDS
        return _DAY_SECONDS
