"""From any earlier schema to this kiosk's, in one transaction. Alembic is imported only when a file is behind."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk.errors import StoreUnfit
from kiosk.store.connection import SCHEMA, connect
from kiosk.store.engine import writing
from kiosk.store.files import beside, sync
from kiosk.words import N_

_SCRIPTS = "kiosk.store:migrations"
_BACKUP = ".before-migration"


def migrate(database: Path, schema: int = SCHEMA, scripts: str = _SCRIPTS) -> None:
    """Bring a file to `schema`, or leave it exactly as it is and raise. Needs the lock.

    A file that holds anything is copied first, to `*.before-migration` beside it.
    """
    if _has_content(database):
        _back_up(database)
    with writing(database).connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")  # past SQLAlchemy, as it has no effect inside a transaction
        with connection.begin():
            _upgrade(connection, schema, scripts)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                hint = N_("Keep the file and report this.")
                raise StoreUnfit(N_("{database} has rows that point nowhere."), hint, database=database)
            connection.exec_driver_sql(f"PRAGMA user_version = {schema}")


def forget_backup(database: Path) -> None:
    """Remove the copy that the last migration left: what is erased must not live on in it."""
    beside(database, _BACKUP).unlink(missing_ok=True)


def _upgrade(connection: Connection, schema: int, scripts: str) -> None:
    from alembic import command  # half a second, and needed once in the life of a schema
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", scripts)
    command.upgrade(config, f"{schema:04d}")


def _has_content(database: Path) -> bool:
    with closing(connect(database, "ro")) as connection:
        return connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is not None


def _back_up(database: Path) -> None:
    unfinished, backup = beside(database, f"{_BACKUP}.new"), beside(database, _BACKUP)
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect(database, "rw")) as connection:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
    sync(unfinished)
    unfinished.replace(backup)
    sync(database.parent)
