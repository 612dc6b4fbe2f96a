"""Writing what a batch changes in the rollups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, Update, bindparam, update

from kiosk.hub.store.dialects import Insert, insert_of
from kiosk.hub.store.rollups import COLUMNS, Deltas
from kiosk.hub.store.tables.counts import CHOICE_COUNT, DAY_COUNT, OUTCOME_COUNT, SLOT_COUNT

_Keys = tuple[str, ...]
_SCALE: _Keys = ("question", "kind", "points")
_N: _Keys = ("n",)


def count(connection: Connection, deltas: Deltas) -> None:
    """Bring the rollups in step with the rows of this transaction."""
    device_id = deltas.device.id
    cells: list[tuple[Table, _Keys, _Keys, Mapping[Any, Sequence[int]]]] = [
        (SLOT_COUNT, (*_SCALE, "start_ms", "is_timed"), COLUMNS, deltas.slots),
        (DAY_COUNT, (*_SCALE, "day"), COLUMNS, deltas.days),
        (CHOICE_COUNT, ("question", "choice", "day"), _N, _single(deltas.choices)),
        (OUTCOME_COUNT, ("outcome", "day"), _N, _single(deltas.outcomes)),
    ]
    for table, keys, columns, changes in cells:
        _write(connection, table, columns, _rows(device_id, keys, columns, changes))


def _single(changes: Mapping[Any, int]) -> dict[Any, list[int]]:
    return {key: [change] for key, change in changes.items()}


def _rows(device_id: UUID, keys: _Keys, columns: _Keys, changes: Mapping[Any, Sequence[int]]) -> list[dict[str, Any]]:
    """Give the rows in the order of their keys: writers that go through them alike cannot lock each other out."""
    return [
        {"device_id": device_id, **dict(zip(keys, key, strict=True)), **dict(zip(columns, change, strict=True))}
        for key, change in sorted(changes.items())
        if any(change)
    ]


def _write(connection: Connection, table: Table, columns: _Keys, rows: Iterable[dict[str, Any]]) -> None:
    """Add to the counts. Where there is less than before, the row is there: a new one may not be below zero."""
    more: list[dict[str, Any]] = []
    less: list[dict[str, Any]] = []
    for row in rows:
        (less if row["n"] < 0 else more).append(row)
    if more:
        connection.execute(_adding(connection.dialect.name, table, columns), more)
    if less:
        connection.execute(
            _changing(table, columns), [{f"its_{name}": said for name, said in row.items()} for row in less]
        )


@lru_cache  # making these takes longer than running them
def _adding(dialect: str, table: Table, columns: _Keys) -> Insert:
    new = insert_of(dialect, table)
    added = {name: table.c[name] + new.excluded[name] for name in columns}
    return new.on_conflict_do_update(index_elements=list(table.primary_key), set_=added)


@lru_cache
def _changing(table: Table, columns: _Keys) -> Update:
    same = [column == bindparam(f"its_{column.name}", type_=column.type) for column in table.primary_key]
    changed = {name: table.c[name] + bindparam(f"its_{name}", type_=table.c[name].type) for name in columns}
    return update(table).where(*same).values(changed)
