"""From a hub's file to PostgreSQL: every row as it is, in any number of attempts, and compared at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select, tuple_
from sqlalchemy.exc import DBAPIError

from kiosk.clock import Moment
from kiosk.errors import StoreError, StoreUnfit
from kiosk.hub.store.dialects import insert
from kiosk.hub.store.engines import file_engine, server_engine
from kiosk.hub.store.failures import explain_file, explain_server
from kiosk.hub.store.founding import migrate_server
from kiosk.hub.store.identity import identity
from kiosk.hub.store.schema import require_current, schema_of
from kiosk.hub.store.sole_use import sole_use
from kiosk.hub.store.tables import METADATA

_AT_ONCE = 500
"""Rows of one transaction."""

Key = tuple[Any, ...]
Values = tuple[Any, ...]
"""Of a row, in the order of its table's columns."""
Told = Callable[[str, int], None]
"""Told of each table that is there, and how many rows it has."""


class NotMoved(StoreError):
    """The two databases differ after all: the file is still the hub."""


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table has, and the sum of their fingerprints: the same in whatever order they are read."""

    rows: int
    sum: int


def move(path: Path, url: str, moment: Moment, told: Told) -> None:
    """Copy a hub to an empty PostgreSQL database, or finish a copy that was cut short. The file is only read.

    Raises StoreInUse while the hub runs, since what it takes after its rows were compared would stay behind, and
    StoreError where something differs at the end: then nothing is lost, and it can be done again.
    """
    if not path.is_file():
        raise StoreError(f"There is no hub at {path}.", "Name its file with --database.")
    with sole_use(path):
        _move(path, url, moment, told)


def _move(path: Path, url: str, moment: Moment, told: Told) -> None:
    migrate_server(url, moment)
    source, target = file_engine(path, "ro"), server_engine(url, patient=True)
    try:
        with source.connect() as reading:
            require_current(schema_of(reading), str(path))
            _require_same_or_new(reading, target)
            for table in METADATA.sorted_tables:
                told(table.name, _copy(reading, target, table))
        _require_equal(source, target)
    except DBAPIError as error:
        is_file = type(error.orig).__module__.startswith("sqlite3")
        raise (explain_file(error, str(path)) if is_file else explain_server(error)) from error
    finally:
        source.dispose()
        target.dispose()


def _require_same_or_new(reading: Connection, target: Engine) -> None:
    """Refuse a database in which another hub has begun to live."""
    with target.connect() as there:
        if identity(there).id == identity(reading).id:
            return
        in_use = [name for name in ("location", "person", "device") if _count(there, METADATA.tables[name])]
    if in_use:
        raise StoreUnfit("The PostgreSQL database is another hub's.", "Name an empty one with --to.")


def _copy(reading: Connection, target: Engine, table: Table) -> int:
    number = 0
    for page in _pages(reading, table):
        number += len(page)
        with target.begin() as writing:
            present = _present(writing, table, list(page))
            missing = [
                dict(zip(table.c.keys(), row, strict=True)) for key, row in page.items() if present.get(key) != row
            ]
            if missing:
                _write(writing, table, missing)
    return number


def _pages(reading: Connection, table: Table) -> Iterator[dict[Key, Values]]:
    """Give rows by their keys, in the order of the keys, some hundreds at a time."""
    keys = [table.c.keys().index(column.name) for column in table.primary_key]
    rows = reading.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*table.primary_key))
    for page in rows.partitions():
        yield {tuple(row[key] for key in keys): tuple(row) for row in page}


def _present(writing: Connection, table: Table, keys: Sequence[Key]) -> Mapping[Key, Values]:
    columns = list(table.primary_key)
    wanted = select(*columns, *table.c).where(tuple_(*columns).in_(keys))
    return {tuple(row[: len(columns)]): tuple(row[len(columns) :]) for row in writing.execute(wanted)}


def _write(writing: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    new, key = insert(writing, table), list(table.primary_key)
    others = {column.name: new.excluded[column.name] for column in table.c if not column.primary_key}
    kept = new.on_conflict_do_update(index_elements=key, set_=others) if others else new.on_conflict_do_nothing()
    writing.execute(kept, rows)


def _require_equal(source: Engine, target: Engine) -> None:
    """Compare every row of both, as they are by now."""
    with source.connect() as here, target.connect() as there:
        differing = [table.name for table in METADATA.sorted_tables if _content(here, table) != _content(there, table)]
    if differing:
        raise NotMoved(
            f"The two databases differ in {', '.join(differing)}.",
            "Stop every hub that uses either of them, and give the same command again.",
        )


def _content(connection: Connection, table: Table) -> Content:
    rows = connection.execution_options(yield_per=_AT_ONCE, stream_results=True).execute(select(table))
    number = total = 0
    for row in rows:
        number += 1
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest())
    return Content(number, total % (1 << 256))


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
