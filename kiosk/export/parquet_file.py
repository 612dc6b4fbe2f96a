"""Parquet for data tools, with real types."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, BinaryIO

from kiosk.errors import UsageError
from kiosk.export.table import Column, Kind, Table

if TYPE_CHECKING:
    from arro3.core import Array, DataType, RecordBatch, Schema

_ROW_GROUP = 50_000
"""Rows that are held in memory before they are written."""


def write_parquet(file: BinaryIO, table: Table) -> None:
    """Write a table as Parquet, packed with Zstandard.

    Integers may be null, lists are lists, `utc_time` is an instant, and `local_time` a time without a zone, as the
    clock on the wall showed it. Nothing is changed in texts. Raises UsageError where the library is not installed.
    """
    require_parquet()
    from arro3.core import RecordBatchReader  # an extra: few kiosks need it
    from arro3.io import write_parquet as write

    schema, failures = _schema(table.columns), list[BaseException]()
    batches = RecordBatchReader.from_batches(schema, _noting(failures, _batches(table, schema)))
    try:
        write(batches, file, compression="zstd(3)", max_row_group_size=_ROW_GROUP)
    except Exception as error:  # noqa: BLE001 - what reading raised comes out of the library as words alone
        raise failures[0] if failures else error from None


def require_parquet() -> None:
    """Raise UsageError, naming the remedy, where Parquet cannot be written."""
    from importlib.util import find_spec

    if find_spec("arro3") is None or find_spec("arro3.io") is None:
        raise UsageError(
            "Parquet needs two packages that are not installed.",
            f"Install them: {sys.executable} -m pip install arro3-core arro3-io",
        )


def _schema(columns: Sequence[Column]) -> Schema:
    from arro3.core import Field, Schema

    return Schema([Field(column.name, _type(column.kind)) for column in columns])


def _type(kind: Kind) -> DataType:
    from arro3.core import DataType, Field

    types: dict[Kind, DataType] = {
        Kind.INTEGER: DataType.int64(),
        Kind.TRUTH: DataType.bool(),
        Kind.LIST: DataType.list(Field("item", DataType.string())),
        Kind.LOCAL_TIME: DataType.timestamp("ms"),
        Kind.UTC_TIME: DataType.timestamp("ms", tz="UTC"),
    }
    return types.get(kind, DataType.string())


def _batches(table: Table, schema: Schema) -> Iterator[RecordBatch]:
    from arro3.core import RecordBatch

    arrays = [_array_of(column.kind) for column in table.columns]
    for block in table.blocks_on_the_wall():
        columns = [array(cells) for array, cells in zip(arrays, block, strict=True)]
        yield RecordBatch.from_arrays(columns, schema=schema)


def _noting(failures: list[BaseException], batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
    """Let batches through, and note what ends them before their time."""
    try:
        yield from batches
    except BaseException as failure:
        failures.append(failure)
        raise


def _array_of(kind: Kind) -> Callable[[Sequence[Any]], Array]:
    """Give the function that turns cells of a kind into an array."""
    from arro3.core import Array, DataType

    wanted = _type(kind)
    if kind is Kind.LIST:
        return _list_array
    if kind in (Kind.LOCAL_TIME, Kind.UTC_TIME):
        return lambda cells: Array(cells, DataType.int64()).cast(wanted)
    return lambda cells: Array(cells, wanted)


def _list_array(cells: Sequence[tuple[str, ...]]) -> Array:
    from arro3.core import Array, DataType, list_array

    ends = accumulate(map(len, cells), initial=0)
    items = [*chain.from_iterable(cells)]
    return list_array(Array([*ends], DataType.int32()), Array(items, DataType.string()), type=_type(Kind.LIST))
