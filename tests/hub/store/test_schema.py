"""How a database comes to have the hub's schema, and which databases are left alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from alembic.operations import Operations
from sqlalchemy import Connection, inspect

from kiosk.errors import StoreError, StoreUnfit
from kiosk.hub.store.database import Database
from kiosk.hub.store.engines import file_engine, server_engine
from kiosk.hub.store.founding import migrate_server
from kiosk.hub.store.tables import METADATA

if TYPE_CHECKING:
    from tests.conftest import WoundClock

_FACTS = ("columns", "pk_constraint", "unique_constraints", "check_constraints", "foreign_keys", "indexes")


def described(connection: Connection) -> dict[str, Any]:
    """Give all that the database knows of the hub's tables."""
    inspector = inspect(connection)
    facts: dict[str, Any] = {}
    for table in METADATA.tables:
        for fact in _FACTS:
            found: Any = getattr(inspector, f"get_{fact}")(table)
            if isinstance(found, list):
                found = sorted(json.dumps(each, default=str, sort_keys=True) for each in found)
            facts[f"{table} {fact}"] = found
    return facts


def test_the_migrations_make_the_very_tables_that_the_code_knows_in_a_file(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'migrated.db'}").close()
    made = file_engine(tmp_path / "made.db", "rwc")
    with made.begin() as connection:
        METADATA.create_all(connection)
        wanted = described(connection)
    with file_engine(tmp_path / "migrated.db", "ro").connect() as connection:
        assert described(connection) == wanted


def test_the_migrations_make_the_very_tables_that_the_code_knows_on_a_server(
    new_server_url: Callable[[], str], clock: WoundClock
) -> None:
    migrated, made = new_server_url(), new_server_url()
    assert migrate_server(migrated, clock.now())
    with server_engine(made).begin() as connection:
        METADATA.create_all(connection)
        wanted = described(connection)
    with server_engine(migrated).connect() as connection:
        assert described(connection) == wanted


def test_a_server_is_migrated_only_when_told_and_then_once(
    new_server_url: Callable[[], str], clock: WoundClock
) -> None:
    url = new_server_url()
    with pytest.raises(StoreUnfit, match="holds no hub yet") as caught:
        Database(url, clock)
    assert "kiosk hub migrate" in caught.value.hint
    with ThreadPoolExecutor(4) as pool:
        did = list(pool.map(lambda _: migrate_server(url, clock.now()), range(4)))
    assert sorted(did) == [False, False, False, True]
    Database(url, clock).close()


@pytest.mark.parametrize("found", ["0002", "9999", "f00d"])
def test_a_newer_schema_is_refused_and_left_as_it_is(url: str, clock: WoundClock, found: str) -> None:
    database = Database(url, clock)
    database.write(lambda connection: connection.exec_driver_sql(f"UPDATE hub_schema SET version_num = '{found}'"))
    database.close()
    with pytest.raises(StoreUnfit, match=f"newer hub .schema {found}"):
        Database(url, clock)


def test_an_older_schema_on_a_server_waits_for_the_command(
    new_server_url: Callable[[], str], clock: WoundClock
) -> None:
    url = new_server_url()
    migrate_server(url, clock.now())
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE hub_schema SET version_num = '0000'")
    with pytest.raises(StoreUnfit, match="older hub"):
        Database(url, clock)


def test_a_migration_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url, create_table = f"sqlite:///{tmp_path / 'hub.db'}", Operations.create_table

    def fail_late(self: Operations, name: str, *rest: Any, **more: Any) -> Any:
        if name == "rollout":
            raise OSError(5, "the disk failed")
        return create_table(self, name, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Operations, "create_table", fail_late)
        with pytest.raises(StoreError):
            Database(url)
    with closing(sqlite3.connect(tmp_path / "hub.db")) as file:
        assert file.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    Database(url).close()


def test_a_foreign_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    for content in (path.read_bytes(), b"Dear diary", b"\0" * 200):
        path.write_bytes(content)
        with pytest.raises(StoreUnfit, match="not a hub's database"):
            Database(f"sqlite:///{path}")
        assert path.read_bytes() == content
        assert [each.name for each in tmp_path.iterdir()] == ["hub.db"]


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Database(f"sqlite:///{tmp_path}")


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    Database(f"sqlite:///{path}").close()
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 20_000)
    with pytest.raises(StoreUnfit, match="is damaged"):
        Database(f"sqlite:///{path}")
