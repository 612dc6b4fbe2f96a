"""Which schema a database has, and how it comes to have this hub's."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from kiosk.errors import StoreUnfit

SCHEMA = "0001"
"""The schema that this hub reads and writes: the last step of `migrations`."""
VERSION_TABLE = "hub_schema"
"""Where the number stands: a name of our own, for a PostgreSQL database may hold other programs' tables."""


def schema_of(connection: Connection) -> str | None:
    """Give a database's schema; None where there is no hub."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return found


def require_known(found: str | None, name: str) -> None:
    """Refuse a schema that only another version of this program understands."""
    if found is not None and (not found.isdecimal() or int(found) > int(SCHEMA)):
        raise StoreUnfit(
            f"{name} was written by a newer hub (schema {found}; this one knows {SCHEMA}).",
            "Update this program, or give it another database with --database.",
        )


def require_current(found: str | None, name: str) -> None:
    """Refuse any schema but this hub's."""
    require_known(found, name)
    if found is None:
        raise StoreUnfit(f"{name} holds no hub yet.", "Run kiosk hub migrate with the same --database.")
    if found != SCHEMA:
        raise StoreUnfit(
            f"{name} was written by an older hub (schema {found}; this one needs {SCHEMA}).",
            "Stop all hubs that use it, make a backup, and run kiosk hub migrate with the same --database.",
        )
