"""The hub's database: one door for all that reads and writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from kiosk.hub.store.tables import METADATA

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""What is done within one transaction; it may be run twice, once more after a transaction that failed."""


class Database:
    """Reads and writes; may be used from any thread."""

    def __init__(self, url: str) -> None:
        """Open `sqlite:///PATH` or `postgresql://…`."""
        self._engine = _engine(url)
        self._gate = Lock()
        METADATA.create_all(self._engine)

    def write(self, work: Work[Result]) -> Result:
        """Do work in one transaction, and give its result after COMMIT returned."""
        with self._gate, self._engine.begin() as connection:
            return work(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database, for as long as it is held."""
        with self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), hide_parameters=True)
    engine = create_engine(parsed, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _configure(connection: object, _: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    return engine
