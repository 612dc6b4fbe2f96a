"""What lies at the database's place: nothing yet, a kiosk's own file, a damaged one, or something not to be touched."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from enum import Enum
from pathlib import Path

from kiosk.errors import StoreError, StoreUnfit
from kiosk.store.connection import APPLICATION_ID, SCHEMA, connect, pragma
from kiosk.store.failures import is_damage
from kiosk.store.files import beside
from kiosk.words import N_

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_USER_VERSION_AT, _APPLICATION_ID_AT = 60, 68


class Condition(Enum):
    """What can be done with a file."""

    NEW = "there is none, or an empty one"
    OURS = "a kiosk's own"
    DAMAGED = "a kiosk's own, but not whole"


def identify(database: Path) -> Condition:
    """Tell what a file claims to be, from its first bytes alone.

    Raises StoreUnfit for a file that is not a kiosk's or is a newer kiosk's, OSError where it cannot be read.
    """
    header = _read_header(database)
    if not header:
        return Condition.NEW
    if not any(header):
        return Condition.DAMAGED  # what a power cut leaves of a first page
    padded = header.ljust(_HEADER_BYTES, b"\0")
    if struct.unpack_from(">I", padded, _APPLICATION_ID_AT) != (APPLICATION_ID,):
        raise StoreUnfit(
            N_("{database} is not a kiosk's database, and was left as it is."),
            N_("Choose another place with --database, or move that file away."),
            database=database,
        )
    if not header.startswith(_MAGIC):
        return Condition.DAMAGED
    require_known(struct.unpack_from(">I", padded, _USER_VERSION_AT)[0], database)
    return Condition.OURS


def examine(database: Path) -> Condition:
    """Tell what a file is and whether all of it is sound. Needs the lock; changes neither the file nor its log.

    Raises as `identify` does, and sqlite3.Error where SQLite cannot get at the file.
    """
    condition = identify(database)
    if condition is not Condition.OURS:
        return condition
    try:
        return Condition.OURS if _is_sound(database) else Condition.DAMAGED
    except sqlite3.Error as error:
        if is_damage(error):
            return Condition.DAMAGED
        raise


def require_known(schema: int, database: Path) -> None:
    """Refuse a schema that only a later kiosk understands."""
    if schema > SCHEMA:
        raise StoreUnfit(
            N_("{database} was written by a newer kiosk (schema {schema}; this one knows {known})."),
            N_("Update this kiosk, or give it another file with --database."),
            database=database,
            schema=schema,
            known=SCHEMA,
        )


def _read_header(database: Path) -> bytes:
    if database.is_dir():
        said = N_("{database} is a folder, not a database.")
        raise StoreError(said, N_("Name a file with --database."), database=database)
    if not database.exists():
        return b""
    if not database.is_file():
        said = N_("{database} is not an ordinary file.")
        raise StoreUnfit(said, N_("Name an ordinary file with --database."), database=database)
    with database.open("rb") as file:
        return file.read(_HEADER_BYTES)


def _is_sound(database: Path) -> bool:
    journal = beside(database, "-journal")
    if journal.exists() and journal.stat().st_size:
        return False  # a kiosk's file uses the write-ahead log from its birth, so this one belongs to another
    with closing(connect(database, "ro")) as connection:
        require_known(int(pragma(connection, "user_version")), database)
        return (
            pragma(connection, "application_id") == APPLICATION_ID
            and int(pragma(connection, "user_version")) > 0
            and pragma(connection, "quick_check(1)") == "ok"
            and _log_belongs(database, connection)
        )


def _log_belongs(database: Path, connection: sqlite3.Connection) -> bool:
    """Tell whether the write-ahead log continues this very file.

    SQLite applies any log that it finds. Every transaction counts the device's records on, so a log of another
    kiosk shows another device, and an old log an earlier count.
    """
    with_log = _device(connection)
    try:
        with closing(connect(database, "ro", ignore_log=True)) as bare:
            without_log = _device(bare)
    except sqlite3.Error:
        return True  # a checkpoint was cut short; the log has the pages
    return with_log[0] == without_log[0] and with_log[1] >= without_log[1]


def _device(connection: sqlite3.Connection) -> tuple[str, int]:
    row: tuple[str, int] | None = connection.execute("SELECT id, next_seq FROM device").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("the device's own row is missing")
    return row


def require_sound(condition: Condition, database: Path) -> None:
    """Raise StoreError where there is no database to work with, StoreUnfit for a damaged one."""
    if condition is Condition.NEW:
        hint = N_("Start the kiosk once, or name another file with --database.")
        raise StoreError(N_("There is no database at {database}."), hint, database=database)
    if condition is Condition.DAMAGED:
        hint = N_("Start the kiosk: it puts the damaged file aside and begins a new one.")
        raise StoreUnfit(N_("{database} is damaged."), hint, database=database)
