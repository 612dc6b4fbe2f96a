"""One kiosk, one database: the lock that keeps a second process from writing."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kiosk.errors import StoreInUse
from kiosk.store.failures import explained
from kiosk.store.files import beside, make_folder
from kiosk.words import N_

_held_here: set[Path] = set()


class Lock:
    """The right to write to a database, held until it is released or the process ends, however it ends."""

    def __init__(self, database: Path, descriptor: int) -> None:
        """Hold a lock; `take` is the way to get one."""
        self.database = database
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, database: Path) -> Lock:
        """Take the lock, a file beside the database, whose folder is made when it is missing.

        Raises StoreInUse, with the number of the process that has it, and StoreError where the file cannot be made.
        """
        with explained(database):
            database = database.resolve()
            make_folder(database.parent)
            path = beside(database, ".lock")
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            try:
                _claim(descriptor, database)
            except BaseException:
                os.close(descriptor)
                raise
        _held_here.add(database)
        return cls(database, descriptor)

    @staticmethod
    def is_held_here(database: Path) -> bool:
        """Tell whether this very process may write to a database, given by its resolved path."""
        return database in _held_here

    def release(self) -> None:
        """Let others write; releasing twice is harmless. The empty file stays: removing it would invite a race."""
        if self._descriptor is not None:
            _held_here.discard(self.database)
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def _claim(descriptor: int, database: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
        raise StoreInUse(
            N_("{database} is in use by another kiosk (process {holder})."),
            N_("Close that kiosk first, or give this one its own file with --database."),
            database=database,
            holder=holder,
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
