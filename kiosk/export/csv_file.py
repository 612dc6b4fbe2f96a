"""CSV for spreadsheets: text that a spreadsheet would run as a formula is disarmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

from kiosk.export.disarming import disarmed
from kiosk.export.table import Kind, Table
from kiosk.export.times import utc_texts

_BYTE_ORDER_MARK = "\ufeff"
_REMEMBERED = 4096


def write_csv(file: BinaryIO, table: Table) -> None:
    """Write a table as UTF-8 with a byte order mark, every field in quotes, lines ending in CR LF (RFC 4180).

    Lists are joined by `;`, truth is `true` or `false`, nothing is an empty field, times are ISO 8601 with
    milliseconds. A text gets an apostrophe in front where a spreadsheet would take it for a formula, and loses control
    characters; JSON is the lossless format.
    """
    text = _Fields()
    fields: dict[Kind, Callable[[Sequence[Any]], Iterable[str]]] = {
        Kind.CODE: lambda cells: [cell or "" for cell in cells],
        Kind.TEXT: lambda cells: map(text.__getitem__, cells),
        Kind.INTEGER: lambda cells: ["" if cell is None else str(cell) for cell in cells],
        Kind.TRUTH: lambda cells: ["true" if cell else "false" for cell in cells],
        Kind.LIST: lambda cells: map(text.__getitem__, cells),
        Kind.UTC_TIME: utc_texts,
    }
    file.write((_BYTE_ORDER_MARK + _lines([tuple(fields[Kind.TEXT](table.heading))])).encode())
    for block in table.blocks():
        fields[Kind.LOCAL_TIME] = block.clock.texts
        columns = [fields[column.kind](cells) for column, cells in zip(table.columns, block.columns, strict=True)]
        file.write(_lines(zip(*columns, strict=True)).encode())


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    """Set fields in which quotes are doubled already; the csv module takes ten times as long for it."""
    return '"' + '"\r\n"'.join(map('","'.join, rows)) + '"\r\n'


class _Fields(dict[str | tuple[str, ...] | None, str]):
    """The field of each text or list; the same few come again and again, and are made once."""

    def __missing__(self, cell: str | tuple[str, ...] | None) -> str:
        """Make a field. Where nearly every text is another, what is remembered stays small."""
        if len(self) >= _REMEMBERED:
            self.clear()
        words = ";".join(cell) if isinstance(cell, tuple) else cell or ""
        self[cell] = field = disarmed(words).replace('"', '""')
        return field
