"""The folder around the database: made, and kept safe from a power cut."""

from __future__ import annotations

import os
from pathlib import Path

_SIDECARS = ("-wal", "-shm", "-journal")


def beside(database: Path, ending: str) -> Path:
    """Give the path of a companion of the database, as `kiosk.db.lock`."""
    return database.with_name(database.name + ending)


def sidecars(database: Path) -> list[Path]:
    """Give the files that SQLite keeps beside this database at the moment."""
    return [path for ending in _SIDECARS if (path := beside(database, ending)).exists()]


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, with those above it; one that exists is left as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync(path: Path) -> None:
    """Wait until a file's content, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
