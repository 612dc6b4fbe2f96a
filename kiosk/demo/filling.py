"""A new database, filled."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kiosk.answer import Answer, Visit
from kiosk.clock import SystemClock
from kiosk.errors import FileNotWritten, Refused


def fill(database: Path, records: Iterable[Answer | Visit]) -> int:
    """Make a database and write records into it; tell how many.

    Whatever lies at `database` is refused and left as it is; when the filling fails, or is broken off, the new
    database goes away again. Raises Refused, FileNotWritten and what the store raises.
    """
    from kiosk.store.store import Store  # half a second of database library

    _claim(database)
    try:
        with Store.open(database, SystemClock()) as store:
            return store.add_many(records)
    except BaseException:
        for path in _places(database):
            with suppress(OSError):
                path.unlink()
        raise


def _places(database: Path) -> list[Path]:
    """Give the paths that a database takes, those beside it among them."""
    return [database.with_name(database.name + ending) for ending in ("", "-wal", "-shm", ".lock", ".ballast")]


def _claim(database: Path) -> None:
    """Make the empty file that a store may begin in; in one step, so that two demos never share one."""
    try:
        if not database.parent.exists():
            database.parent.mkdir(parents=True)
        for path in _places(database):
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, "there already", str(path))
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise Refused(
            f"{error.filename} is there already, and the demo never touches what exists.",
            "Name a new file with --database.",
        ) from error
    except OSError as error:
        raise FileNotWritten(f"{database} cannot be made: {error.strerror}.", "Name another place.") from error
