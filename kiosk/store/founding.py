"""A new database: it appears under its name whole, or not at all."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import insert

from kiosk.answer import new_id
from kiosk.clock import Moment
from kiosk.errors import StoreError
from kiosk.store.connection import APPLICATION_ID, connect
from kiosk.store.engine import writing
from kiosk.store.files import beside, sidecars, sync
from kiosk.store.migrations import migrate
from kiosk.store.rows import moment_row
from kiosk.store.tables import DEVICE
from kiosk.words import N_


def found(database: Path, moment: Moment) -> None:
    """Make a database for a device that has just come into being. Needs the lock; replaces an empty file."""
    unfinished = beside(database, ".new")
    _remove(unfinished)
    try:
        _make(unfinished, moment)
        sync(unfinished)
        unfinished.replace(database)
    except BaseException:
        _remove(unfinished)
        raise
    sync(database.parent)


def _make(path: Path, moment: Moment) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(connect(path, "rw")) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(path)
    with writing(path).begin() as connection:
        connection.execute(insert(DEVICE).values(only=1, id=str(new_id(moment)), next_seq=1, **moment_row(moment)))
    if sidecars(path):  # closing the last connection could not write the log into the file
        hint = N_("Free some space on that disk.")
        raise StoreError(N_("{folder} has no room for a database."), hint, folder=path.parent)


def _remove(path: Path) -> None:
    for leftover in (path, *sidecars(path)):
        leftover.unlink(missing_ok=True)
