"""What SQLite and PostgreSQL spell alike and SQLAlchemy does not: INSERT with ON CONFLICT and RETURNING."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert
"""Has `on_conflict_do_nothing` and `on_conflict_do_update`, and what they leave out of `excluded`."""


def insert(connection: Connection, table: Table) -> Insert:
    """Give an INSERT that knows ON CONFLICT, for the database at the other end."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: Table) -> Insert:
    """Give the same by the database's name, for statements that are made once and used for every batch."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
