"""SQLAlchemy over connections of our own, with transactions begun by us and not by the driver."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from kiosk.store.connection import Mode, connect


def writing(database: Path) -> Engine:
    """Give an engine whose transactions hold the write lock from their first moment."""
    return file_engine(database, "rw", poolclass=NullPool)


def reading(database: Path) -> Engine:
    """Give an engine that cannot write."""
    return file_engine(database, "ro", poolclass=NullPool)


def file_engine(database: Path, mode: Mode, **pool: Any) -> Engine:
    """Give an engine whose transactions hold the write lock from their first moment, unless it only reads.

    `pool` says, in SQLAlchemy's words, how many connections are kept.
    """
    begin = "BEGIN" if mode == "ro" else "BEGIN IMMEDIATE"

    def open_connection() -> sqlite3.Connection:
        return connect(database, mode)

    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    # No parameter in an error: logs never hold what customers wrote.
    engine = create_engine("sqlite://", creator=open_connection, hide_parameters=True, **pool)
    event.listen(engine, "begin", begin_transaction)
    return engine
