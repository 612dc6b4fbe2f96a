"""What the doctor finds around the database: disk, SQLite, settings, PIN, and who else may read it all."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from kiosk.device.disk import filesystem_of, free_bytes
from kiosk.device.finding import Finding
from kiosk.device.pin import FILE_NAME
from kiosk.device.pin_state import PinUnusable, read_state
from kiosk.errors import StoreError
from kiosk.store.quarantine import QUARANTINE

_LEAST_FREE_MIB = 100
_SQLITE_WHOLE = (3, 51, 3)
_SQLITE_MENDED: dict[tuple[int, ...], int] = {(3, 44): 6, (3, 50): 7}
"""Branches that got the repair of the WAL-reset bug, and their first release with it (sqlite.org/wal.html)."""
_SETTINGS = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")


def storage_findings(database: Path, allow_volatile: bool) -> list[Finding]:
    """Tell whether answers are safe at the database's place. Nothing there is changed."""
    return [
        *disk_findings(database, allow_volatile),
        sqlite_finding(sqlite3.sqlite_version_info),
        _database(database),
        _pin(database.parent),
        _modes(database),
    ]


def disk_findings(database: Path, allow_volatile: bool) -> list[Finding]:
    """Tell whether the disk keeps what is written, how much room it has, and whether a damaged file was put aside.

    No file is opened.
    """
    return [_filesystem(database, allow_volatile), _space(database), *_put_aside(database.parent / QUARANTINE)]


def sqlite_finding(version: tuple[int, ...]) -> Finding:
    """Tell whether a version of SQLite has the bug that two writers at one moment can bring out."""
    name = ".".join(map(str, version))
    first_mended = _SQLITE_MENDED.get(version[:2])
    if version >= _SQLITE_WHOLE or (first_mended is not None and version[2] >= first_mended):
        return Finding("sqlite", "ok", f"SQLite {name}.")
    said = f"SQLite {name} may damage a database that two programs write to; the kiosk itself writes with one."
    return Finding("sqlite", "warning", said, "Let no other program write to it, and update the system when it can.")


def _filesystem(database: Path, allow_volatile: bool) -> Finding:
    filesystem = filesystem_of(database)
    if filesystem.durable and filesystem.why:
        said = f"{database.parent} is on {filesystem.type}, and {filesystem.why}."
        return Finding("filesystem", "warning", said, "Make sure that files written there outlive a power cut.")
    if filesystem.durable:
        return Finding("filesystem", "ok", f"{database.parent} is on {filesystem.type}.")
    said = f"Answers in {database.parent} would not outlive a power cut: {filesystem.why}."
    return Finding("filesystem", "warning" if allow_volatile else "error", said, "Put the database on a local disk.")


def _space(database: Path) -> Finding:
    free = free_bytes(database) // (1 << 20)
    if free < _LEAST_FREE_MIB:
        return Finding(
            "space", "warning", f"Only {free} MiB are free on the disk.", "Delete or move what is not needed."
        )
    return Finding("space", "ok", f"{free} MiB are free on the disk.")


def _put_aside(folder: Path) -> list[Finding]:
    """Tell of damaged databases that wait for somebody to rescue what is in them; nothing where there is none."""
    try:
        latest = max((each.name for each in folder.iterdir()), default=None)
    except OSError:
        return []
    if latest is None:
        return []
    said = f"A damaged database was put aside, with the answers in it: {folder / latest}."
    hint = "Rescue them with `sqlite3 kiosk.db .recover`, or delete that folder when it is not needed."
    return [Finding("quarantined", "warning", said, hint)]


def _database(database: Path) -> Finding:
    from kiosk.store.inspection import Condition, identify

    try:
        condition = identify(database)
        if condition is Condition.NEW:
            return _not_there_yet(database)
        return _unsound(database) if condition is Condition.DAMAGED else _opened(database)
    except StoreError as error:
        return Finding("database", "error", error.message, error.hint)
    except OSError as error:
        return Finding("database", "error", f"{database} cannot be read: {error.strerror}.", "Run as the kiosk's user.")
    except sqlite3.Error:
        return _unsound(database)


def _opened(database: Path) -> Finding:
    """Read the settings back from a real connection, and have SQLite look through the file."""
    from kiosk.store.connection import connect, pragma

    with closing(connect(database, "ro")) as connection:
        kept = {name: pragma(connection, name) for name in _SETTINGS}
        sound = pragma(connection, "quick_check(1)") == "ok"
    if not sound:
        return _unsound(database)
    settings = ", ".join(f"{name} {value}" for name, value in kept.items())
    if kept["journal_mode"] != "wal":
        said = f"{database} was changed by another program ({settings}); the next start sets it right."
        return Finding("database", "warning", said, "Let only the kiosk write to it.")
    return Finding("database", "ok", f"{database} is sound ({settings}).")


def _not_there_yet(database: Path) -> Finding:
    folder = next(folder for folder in database.absolute().parents if folder.exists())
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return Finding("database", "ok", f"{database} is not there yet; the first start makes it.")
    return Finding("database", "error", f"{folder} may not be written to.", "Run as the kiosk's user.")


def _unsound(database: Path) -> Finding:
    said = f"{database} is damaged; the next start puts it aside, whole, and begins a new one."
    return Finding(
        "database", "error", said, "Keep a copy of it and of the files beside it before you start the kiosk."
    )


def _pin(folder: Path) -> Finding:
    try:
        is_set = read_state(folder / FILE_NAME).hash is not None
    except PinUnusable as error:
        return Finding("pin", "warning", error.message, error.hint)
    if is_set:
        return Finding("pin", "ok", "A PIN is set.")
    return Finding("pin", "warning", "No PIN is set, so staff cannot enter.", "Set one with `kiosk pin`.")


def _modes(database: Path) -> Finding:
    folder = database.parent
    files = [database, *(database.with_name(database.name + end) for end in ("-wal", "-shm")), folder / FILE_NAME]
    open_ones = [str(path) for path in (folder, *files) if path.exists() and _is_open(path)]
    if not open_ones:
        return Finding("modes", "ok", "Nobody but the kiosk's user may look into the data.")
    return Finding(
        "modes",
        "warning",
        f"Other users of this machine may look into {', '.join(open_ones)}.",
        "Take that right away: `chmod go=` and those names.",
    )


def _is_open(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
