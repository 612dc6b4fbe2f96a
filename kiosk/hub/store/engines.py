"""SQLAlchemy over connections to the hub's file, or to its server, each with every safeguard set."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from kiosk.errors import UsageError
from kiosk.hub.store.failures import explain_address
from kiosk.store import engine
from kiosk.store.connection import Mode

if TYPE_CHECKING:
    import psycopg

WAIT_SECONDS = 5
"""How long a thread waits for a connection of the pool."""

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


def file_engine(path: Path, mode: Mode, connections: int = 0) -> Engine:
    """Give an engine for a SQLite file; one that writes takes the write lock at once, at the start of a transaction.

    `connections` is how many are kept open; 0 opens and closes one each time.
    """
    return engine.file_engine(path, mode, **_pool(connections))


def server_engine(url: str, connections: int = 0, *, patient: bool = False) -> Engine:
    """Give an engine for PostgreSQL. libpq reads the URL itself: several hosts, a socket, a service file.

    `patient` lets statements take as long as they need, for commands that somebody waits for. Raises UsageError for a
    URL that cannot be read.
    """
    import psycopg  # a hub on SQLite does without its driver
    from psycopg.conninfo import conninfo_to_dict

    try:
        options = {**_LINK, **conninfo_to_dict(url)}
    except psycopg.ProgrammingError as error:
        raise explain_address(error) from None  # its text holds the URL

    def connect() -> psycopg.Connection[Any]:
        connection = psycopg.connect(**options)
        if not patient:
            connection.execute("; ".join(f"SET {setting}" for setting in _SESSION))
            connection.commit()
        return connection

    # No parameter in an error: logs never hold what customers wrote.
    kept = {**_pool(connections), "pool_pre_ping": bool(connections)}
    return create_engine("postgresql+psycopg://", creator=connect, hide_parameters=True, **kept)


def _pool(connections: int) -> dict[str, Any]:
    """Say in SQLAlchemy's words how many connections are kept."""
    if not connections:
        return {"poolclass": NullPool}
    return {"poolclass": QueuePool, "pool_size": connections, "max_overflow": 0, "pool_timeout": WAIT_SECONDS}
