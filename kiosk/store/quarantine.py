"""Damaged files are put aside whole, for `sqlite3 .recover`; nothing is ever deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from kiosk.store.files import make_folder, sidecars, sync

QUARANTINE = "quarantine"
"""The folder beside the database that damaged ones are put into."""


def set_aside(database: Path, at_ms: int) -> Path:
    """Move the database and all that SQLite keeps beside it to `quarantine/<UTC time>/`; give that folder."""
    folder = _new_folder(database.parent / QUARANTINE, at_ms)
    for path in (database, *sidecars(database)):
        if path.exists():
            path.rename(folder / path.name)
    for changed in (folder, folder.parent, database.parent):
        sync(changed)
    return folder


def _new_folder(quarantine: Path, at_ms: int) -> Path:
    make_folder(quarantine)
    name = f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y%m%dT%H%M%SZ}"
    for number in count(1):
        folder = quarantine / (name if number == 1 else f"{name}-{number}")
        if not folder.exists():
            break
    folder.mkdir(mode=0o700)
    return folder
