"""Watches every statement that the hub sends: whatever writes to a table of kiosks' data names one kiosk.

Citus sends such a statement to the one server that holds the kiosk's rows; any other needs them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Delete, Engine, Insert, Table, Update, event
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList

Parameters = Sequence[Mapping[str, Any]]


class ManyShards(AssertionError):
    """A statement that names no kiosk, or several."""


@contextmanager
def watched(seen: set[str] | None = None) -> Iterator[None]:
    """Let no statement pass that writes for several kiosks; note the tables that are written to in `seen`."""

    def look(
        _: Connection, statement: Any, multiparams: Sequence[Any], params: Mapping[str, Any], __: Mapping[str, Any]
    ) -> None:
        if isinstance(statement, Insert | Update | Delete) and "device_id" in statement.table.c:
            assert isinstance(statement.table, Table)
            require_one(statement, statement.table, _rows(multiparams, params))
            if seen is not None:
                seen.add(statement.table.name)

    event.listen(Engine, "before_execute", look)
    try:
        yield
    finally:
        event.remove(Engine, "before_execute", look)


def require_one(statement: Insert | Update | Delete, table: Table, rows: Parameters) -> None:
    """Require that a statement, executed for these rows, writes for exactly one kiosk. Raises ManyShards."""
    named = _inserted(statement, rows) if isinstance(statement, Insert) else _sought(statement, table, rows)
    if len(named) != 1 or None in named:
        raise ManyShards(f"{len(named)} kiosks are named in a write to {table.name}")


def _rows(multiparams: Sequence[Any], params: Mapping[str, Any]) -> Parameters:
    rows = multiparams[0] if multiparams else [params] if params else []
    return [rows] if isinstance(rows, Mapping) else list(rows)


def _inserted(statement: Insert, rows: Parameters) -> set[Any]:
    if statement.select is not None:
        return set()
    many = statement._multi_values
    own: list[Any] = [row for group in many for row in group] if many else [statement._values or {}]
    named = {_value(value) for row in own for name, value in row.items() if _is_device(name)}
    return named | {row["device_id"] for row in rows if "device_id" in row}


def _sought(statement: Update | Delete, table: Table, rows: Parameters) -> set[Any]:
    named: set[Any] = set()
    for part in _conditions(statement.whereclause):
        if _names_device(part, table):
            bound = part.right
            if bound.value is None:
                named |= {row.get(bound.key) for row in rows}
            else:
                named.add(bound.value)
    return named


def _conditions(clause: ColumnElement[Any] | None) -> Iterator[Any]:
    if isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for part in clause.clauses:
            yield from _conditions(part)
    elif clause is not None:
        yield clause


def _names_device(part: Any, table: Table) -> bool:
    if not isinstance(part, BinaryExpression) or part.operator is not operators.eq:
        return False
    device: object = table.c.device_id
    return bool(part.left is device and isinstance(part.right, BindParameter))


def _is_device(name: Any) -> bool:
    return bool(getattr(name, "name", name) == "device_id")


def _value(value: Any) -> Any:
    return value.value if isinstance(value, BindParameter) else value
