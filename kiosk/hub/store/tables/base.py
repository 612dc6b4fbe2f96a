"""What all the hub's tables have in common.

The SQL keeps to what SQLite, PostgreSQL and Citus share: every unique key of a table that grows with the kiosks begins
with `device_id`, by which Citus would distribute it; no sequence makes a key; there is no trigger and no LISTEN.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, MetaData, Text, Uuid
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

_NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s",
    "uq": "%(table_name)s_%(column_0_N_name)s_once",
    "ck": "%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_name)s_known",
    "pk": "%(table_name)s_key",
}

METADATA = MetaData(naming_convention=_NAMES)


class Row(SQLModel, registry=registry(metadata=METADATA)):
    """Keeps the hub's tables apart from other tables in the same process."""


def check(name: str, rule: str) -> CheckConstraint:
    """Name a rule that every row obeys."""
    return CheckConstraint(rule, name=name)


def key(**options: Any) -> Any:
    """Declare an id that is, or is part of, the key."""
    return Field(primary_key=True, sa_type=Uuid, **options)


def long_key() -> Any:
    """Declare a large number that is part of the key, and never counted up by the database."""
    return Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})


def instant(**options: Any) -> Any:
    """Declare UTC milliseconds."""
    return Field(sa_type=BigInteger, **options)


def words(**options: Any) -> Any:
    """Declare a text of any length."""
    return Field(sa_type=Text, **options)
