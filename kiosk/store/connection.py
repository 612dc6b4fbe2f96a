"""Connections to a kiosk's or a hub's database file whose every safeguard was set and read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from kiosk.errors import StoreUnfit
from kiosk.words import N_

APPLICATION_ID = 0x4B696F73
"""`Kios` in the file's header: this database belongs to a kiosk."""

SCHEMA = 3
"""The schema that this kiosk writes; SQLite's `user_version`."""

BUSY_TIMEOUT_MS = 5000
"""How long a connection waits for another one."""

_OLDEST_SQLITE = (3, 37)
"""The first with STRICT tables."""

_EVERYONE: Mapping[str, str | int] = {
    "busy_timeout": BUSY_TIMEOUT_MS,
    "foreign_keys": 1,
    "synchronous": 2,  # FULL: a commit that returned is on the disk
    "trusted_schema": 0,
    "temp_store": 2,  # memory
}
_WRITER: Mapping[str, str | int] = {**_EVERYONE, "journal_mode": "wal", "secure_delete": 1}
_READER: Mapping[str, str | int] = {**_EVERYONE, "query_only": 1}


Mode = Literal["rwc", "rw", "ro"]
"""Makes a file that is not there; writes; only reads."""


def connect(database: Path, mode: Mode, *, ignore_log: bool = False) -> sqlite3.Connection:
    """Open a file. The caller begins and ends transactions, and uses the connection in one thread at a time.

    `ignore_log` shows the file as it was before the write-ahead log; it needs the lock. Raises sqlite3.Error, and
    StoreUnfit where SQLite does not keep what was set.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        wanted = ".".join(map(str, _OLDEST_SQLITE))
        hint = N_("Use a Python with SQLite {wanted} or newer.")
        raise StoreUnfit(N_("SQLite {version} is too old."), hint, version=sqlite3.sqlite_version, wanted=wanted)
    options = f"mode={mode}&immutable=1" if ignore_log else f"mode={mode}"
    address = f"{database.absolute().as_uri()}?{options}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        _configure(connection, _READER if mode == "ro" else _WRITER, database)
    except BaseException:
        connection.close()
        raise
    return connection


def pragma(connection: sqlite3.Connection, name: str) -> str | int:
    """Read one of SQLite's settings."""
    value: str | int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _configure(connection: sqlite3.Connection, settings: Mapping[str, str | int], database: Path) -> None:
    for name, wanted in settings.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        if (kept := pragma(connection, name)) != wanted:
            raise StoreUnfit(
                N_("{database}: SQLite keeps {name} = {kept} instead of {wanted}, so answers would not be safe."),
                N_("Put the database on a local disk of this machine."),
                database=database,
                name=name,
                kept=kept,
                wanted=wanted,
            )
