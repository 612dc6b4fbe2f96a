"""From whatever lies at the database's place to a hub of this schema."""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from kiosk.clock import Moment
from kiosk.errors import StoreError, StoreUnfit
from kiosk.hub.store.engines import file_engine, server_engine
from kiosk.hub.store.failures import explain_file, explain_server
from kiosk.hub.store.identity import found
from kiosk.hub.store.migrations import upgrade
from kiosk.hub.store.schema import SCHEMA, require_known, schema_of
from kiosk.store.files import make_folder

APPLICATION_ID = 0x4B687562
"""`Khub` in the file's header."""

_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT, _HEADER_BYTES = 68, 100
_MIGRATION_LOCK = 0x4B687562
"""What PostgreSQL calls the lock under which only one process migrates."""


def prepare_file(path: Path, moment: Moment) -> None:
    """Leave a hub's file of this schema; make one where there is none. A foreign or newer file stays as it is."""
    try:
        _require_ours(path)
        if not _header(path):
            _make(path)
        _migrate_file(path, moment)
    except (DBAPIError, OSError, sqlite3.Error) as error:
        raise explain_file(error, str(path)) from error


def migrate_server(url: str, moment: Moment) -> bool:
    """Bring a PostgreSQL database to this schema; tell whether there was anything to do.

    One transaction under a lock: two that migrate at once do it once.
    """
    engine = server_engine(url, patient=True)
    try:
        with engine.begin() as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            return _bring_up(connection, "The database", moment)
    except DBAPIError as error:
        raise explain_server(error) from error
    finally:
        engine.dispose()


def _make(path: Path) -> None:
    """Make a file that nobody else can read, and that says whose it is before anything else is in it."""
    folder = path.absolute().parent
    try:
        make_folder(folder)
    except OSError as error:
        said = f"The folder {folder} cannot be made: {error.strerror}."
        raise StoreError(said, "Name a file elsewhere with --database.") from error
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _migrate_file(path: Path, moment: Moment) -> None:
    engine = file_engine(path, "rw")
    try:
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys = OFF")  # past SQLAlchemy, as it has no effect inside a transaction
            with connection.begin():
                if _bring_up(connection, str(path), moment):
                    _require_whole(connection, path)
    finally:
        engine.dispose()


def _bring_up(connection: Connection, name: str, moment: Moment) -> bool:
    present = schema_of(connection)
    require_known(present, name)
    if present == SCHEMA:
        return False
    upgrade(connection, SCHEMA)
    found(connection, moment)
    return True


def _require_whole(connection: Connection, path: Path) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreUnfit(f"{path} has rows that point nowhere.", "Keep the file and report this.")


def _require_ours(path: Path) -> None:
    """Refuse what is not a hub's, before SQLite has touched it."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database.", "Name a file with --database.")
    header = _header(path)
    is_ours = struct.unpack_from(">I", header.ljust(_HEADER_BYTES, b"\0"), _APPLICATION_ID_AT) == (APPLICATION_ID,)
    if header and not (is_ours and header.startswith(_MAGIC)):
        raise StoreUnfit(
            f"{path} is not a hub's database, and was left as it is.",
            "Name another file with --database, or move that file away.",
        )


def _header(path: Path) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)
