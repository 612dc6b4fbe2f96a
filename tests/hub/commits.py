"""A hub whose disk, or whose server, does not take a COMMIT."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

_WRITER = "hub-writer"
"""The thread that writes a hub's file: in the same process a kiosk may write to its own."""


@contextmanager
def failing_commits() -> Iterator[None]:
    """Let every COMMIT of a hub fail before the database has heard of it."""
    event.listen(Engine, "commit", _fail)
    try:
        yield
    finally:
        event.remove(Engine, "commit", _fail)


def _fail(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        driver.close()
    elif current_thread().name == _WRITER:
        raise OperationalError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))
