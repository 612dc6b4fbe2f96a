"""Forgets what customers wrote once it is old enough: at the hub's start, and once a day."""

from __future__ import annotations

import logging

from kiosk.errors import KioskError
from kiosk.hub.hub import Hub
from kiosk.hub.store.privacy import forget_old_texts

_DAY_SECONDS = 86_400.0
_SOON_SECONDS = 600.0
"""When to try again after the database was in the way."""

_log = logging.getLogger(__name__)


def forget(hub: Hub) -> float:
    """Forget what is old, unless the clock may be wrong; give the seconds until the next time."""
    now = hub.clock.now()
    if now.state == "unsynced":
        return _SOON_SECONDS
    try:
        if erased := forget_old_texts(hub.database, now.at_ms):
            _log.info("%d texts had been kept long enough", erased)
    except KioskError as error:
        _log.warning("old texts not erased: %s", error.message)
        return _SOON_SECONDS
    return _DAY_SECONDS
