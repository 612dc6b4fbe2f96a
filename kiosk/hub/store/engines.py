"""SQLAlchemy over connections whose every safeguard was set, for SQLite also read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from kiosk.errors import StoreError, StoreUnfit, UsageError

if TYPE_CHECKING:
    import psycopg

BUSY_TIMEOUT_MS = 5_000
"""How long a connection waits for another process."""
WAIT_SECONDS = 5
"""How long a thread waits for a connection of the pool."""

_EVERYONE: Mapping[str, str | int] = {
    "busy_timeout": BUSY_TIMEOUT_MS,
    "foreign_keys": 1,
    "synchronous": 2,  # FULL: a commit that returned is on the disk
    "trusted_schema": 0,
    "temp_store": 2,  # memory
}
_WRITER: Mapping[str, str | int] = {**_EVERYONE, "journal_mode": "wal", "secure_delete": 1}
_READER: Mapping[str, str | int] = {**_EVERYONE, "query_only": 1}

_SESSION = ("statement_timeout = '15s'", "lock_timeout = '5s'", "idle_in_transaction_session_timeout = '60s'")
"""No statement of one kiosk or one page may hold up the others."""
_LINK: Mapping[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "kiosk-hub",
}
"""Sees within seconds that a server is gone; the URL may say otherwise."""


def is_server(url: str) -> bool:
    """Tell whether a URL names a PostgreSQL server."""
    return url.partition("://")[0] in ("postgresql", "postgres")


def file_of(url: str) -> Path:
    """Give the file of `sqlite:///FILE`. Raises UsageError for a URL that names none."""
    with suppress(ArgumentError):
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            return Path(parsed.database)
    raise UsageError("This is no database that a hub can use.", "Name a file, or postgresql://USER@HOST/NAME.")


def file_engine(path: Path, mode: Literal["rwc", "rw", "ro"], connections: int = 0) -> Engine:
    """Give an engine for a SQLite file; one that writes takes the write lock at once, at the start of a transaction.

    `connections` is how many are kept open; 0 opens and closes one each time.
    """

    def connect() -> sqlite3.Connection:
        address = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        try:
            _configure(connection, _READER if mode == "ro" else _WRITER, path)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = _engine("sqlite://", connect, connections)
    begin = "BEGIN" if mode == "ro" else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def server_engine(url: str, connections: int = 0, *, patient: bool = False) -> Engine:
    """Give an engine for PostgreSQL. libpq reads the URL itself: several hosts, a socket, a service file.

    `patient` lets statements take as long as they need, for commands that somebody waits for.
    """

    def connect() -> psycopg.Connection[Any]:
        import psycopg  # a hub on SQLite does without its driver
        from psycopg.conninfo import conninfo_to_dict

        connection = psycopg.connect(**{**_LINK, **conninfo_to_dict(url)})
        if not patient:
            connection.execute("; ".join(f"SET {setting}" for setting in _SESSION))
            connection.commit()
        return connection

    return _engine("postgresql+psycopg://", connect, connections, pool_pre_ping=bool(connections))


def _engine(dialect: str, connect: Any, connections: int, **options: Any) -> Engine:
    # No parameter in an error: logs never hold what customers wrote.
    if not connections:
        return create_engine(dialect, creator=connect, poolclass=NullPool, hide_parameters=True, **options)
    pool = {"poolclass": QueuePool, "pool_size": connections, "max_overflow": 0, "pool_timeout": WAIT_SECONDS}
    return create_engine(dialect, creator=connect, hide_parameters=True, **pool, **options)


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _configure(connection: sqlite3.Connection, settings: Mapping[str, str | int], path: Path) -> None:
    for name, wanted in settings.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        kept = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if kept != wanted:
            raise _unsafe(path, f"{name} = {kept} instead of {wanted}")


def _unsafe(path: Path, what: str) -> StoreError:
    return StoreUnfit(
        f"{path}: SQLite keeps {what}, so answers would not be safe.",
        "Put the database on a local disk of this machine.",
    )
