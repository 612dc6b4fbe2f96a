"""SQLAlchemy over the kiosk's own connections, with transactions begun by us and not by the driver."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from kiosk.store.connection import connect


def writing(database: Path) -> Engine:
    """Give an engine whose transactions hold the write lock from their first moment."""
    return _engine(database, "rw", "BEGIN IMMEDIATE")


def reading(database: Path) -> Engine:
    """Give an engine that cannot write."""
    return _engine(database, "ro", "BEGIN")


def _engine(database: Path, mode: Literal["rw", "ro"], begin: str) -> Engine:
    def open_connection() -> sqlite3.Connection:
        return connect(database, mode)

    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    # No parameter in an error: logs never hold what customers wrote.
    engine = create_engine("sqlite://", creator=open_connection, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", begin_transaction)
    return engine
