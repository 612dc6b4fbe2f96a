"""The sheet of answers: the table of every export, with real dates and numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.export.disarming import one_line
from kiosk.export.table import Column, Kind, Table
from kiosk.export.xlsx.style import Style, printable

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
"""Answers that fit under the heading of one sheet; spreadsheets have no more rows."""

_DAY_MS = 86_400_000
_EPOCH_DAY = 25_569
"""The first of January 1970 as spreadsheets count days."""
_WIDTHS = {
    Kind.CODE: 11,
    Kind.TEXT: 16,
    Kind.INTEGER: 8,
    Kind.TRUTH: 13,
    Kind.LIST: 18,
    Kind.LOCAL_TIME: 19,
    Kind.UTC_TIME: 19,
}
_WIDER = {"label": 20, "text": 48, "location": 24}

Put = Callable[["Worksheet", int, int, Any], object]


def write_answer_sheets(workbook: Workbook, style: Style, table: Table, name: str, most_rows: int = MOST_ROWS) -> None:
    """Write the table into a sheet, and what has no room there into `name 2`, `name 3` and so on."""
    puts = _puts(table, style)
    sheet, number, row = _new_sheet(workbook, style, table, name), 1, 0
    for block in table.blocks_on_the_wall():
        for cells in zip(*block, strict=True):
            if row == most_rows:
                number += 1
                _finish(sheet, table, row)
                sheet, row = _new_sheet(workbook, style, table, f"{name} {number}"), 0
            row += 1
            for place, cell in enumerate(cells):
                if cell is not None:
                    puts[place](sheet, row, place, cell)
    _finish(sheet, table, row)


def _new_sheet(workbook: Workbook, style: Style, table: Table, name: str) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    printable(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, one_line(column.name), style.heading)
    return sheet


def _finish(sheet: Worksheet, table: Table, rows: int) -> None:
    sheet.autofilter(0, 0, rows, len(table.columns) - 1)


def _width(column: Column) -> int:
    return _WIDER.get(column.name, _WIDTHS[column.kind])


def _puts(table: Table, style: Style) -> list[Put]:
    """Give how the cells of each column are written. Text is always text, whatever it begins with."""
    kinds: dict[Kind, Put] = {
        Kind.CODE: lambda sheet, row, place, cell: sheet.write_string(row, place, cell, style.words),
        Kind.TEXT: lambda sheet, row, place, cell: sheet.write_string(row, place, one_line(cell), style.words),
        Kind.INTEGER: lambda sheet, row, place, cell: sheet.write_number(row, place, cell, style.integer),
        # Not a boolean cell: LibreOffice reads some of these as the formula TRUE().
        Kind.TRUTH: lambda sheet, row, place, cell: sheet.write_number(row, place, int(cell), style.truth),
        Kind.LIST: lambda sheet, row, place, cell: sheet.write_string(
            row, place, one_line("; ".join(cell)), style.words
        ),
        Kind.LOCAL_TIME: lambda sheet, row, place, cell: sheet.write_number(
            row, place, day_number(cell), style.instant
        ),
        Kind.UTC_TIME: lambda sheet, row, place, cell: sheet.write_number(row, place, day_number(cell), style.instant),
    }
    return [kinds[column.kind] for column in table.columns]


def day_number(wall_ms: int) -> float:
    """Give an instant as spreadsheets count: days, and parts of a day."""
    return wall_ms / _DAY_MS + _EPOCH_DAY
