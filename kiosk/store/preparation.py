"""From whatever lies at the database's place to a file that is fit to write to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kiosk.clock import Clock
from kiosk.store.connection import SCHEMA, connect, pragma
from kiosk.store.files import sidecars
from kiosk.store.founding import found
from kiosk.store.inspection import Condition, examine, require_sound
from kiosk.store.migrations import migrate
from kiosk.store.quarantine import set_aside


def prepare(database: Path, clock: Clock, *, as_it_is: bool = False) -> Path | None:
    """Leave a sound file of this kiosk's schema; give the quarantine folder if another had to be put aside.

    Needs the lock. A foreign or newer file is refused (StoreUnfit) and stays as it is, byte for byte; `as_it_is`, so
    is a damaged one or none.
    """
    condition = examine(database)
    if as_it_is:
        require_sound(condition, database)
    if condition is Condition.OURS:
        if _schema(database) < SCHEMA:
            migrate(database)
        return None
    moment = clock.now()
    is_unsafe = condition is Condition.DAMAGED or _has_stray_log(database)
    quarantined = set_aside(database, moment.at_ms) if is_unsafe else None
    found(database, moment)
    return quarantined


def _schema(database: Path) -> int:
    with closing(connect(database, "ro")) as connection:
        return int(pragma(connection, "user_version"))


def _has_stray_log(database: Path) -> bool:
    """Tell whether a log lies there without its database; SQLite would throw it away or apply it to the new one."""
    return any(path.stat().st_size for path in sidecars(database) if not path.name.endswith("-shm"))
