"""The answers of a period, written in one of the formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from kiosk.export.csv_file import write_csv
from kiosk.export.json_file import write_json
from kiosk.export.parquet_file import require_parquet, write_parquet
from kiosk.export.selection import Selection, Watch, unwatched
from kiosk.export.table import Table
from kiosk.export.xlsx.places import write_places_xlsx
from kiosk.export.xlsx.workbook import write_xlsx

_WRITERS: dict[str, Callable[[BinaryIO, Table], None]] = {
    "csv": write_csv,
    "json": write_json,
    "parquet": write_parquet,
}
FORMATS = ("csv", "xlsx", "json", "parquet")
"""What answers can be written as; the name is also the end of the file's name."""


def write_answers(file: BinaryIO, file_format: str, selection: Selection, watch: Watch = unwatched) -> None:
    """Write answers in one of FORMATS, however many they are, in the memory that a few need.

    Raises StoreError, FileNotWritten, and UsageError where a format needs what is not installed.
    """
    if file_format == "xlsx":
        write_xlsx(file, selection, watch)
    else:
        _WRITERS[file_format](file, selection.table(watch))


def write_places(file: BinaryIO, file_format: str, places: Sequence[Selection], table: Table) -> None:
    """Write the answers of several places, which `table` holds, in one of FORMATS. Raises what `write_answers` does."""
    if file_format == "xlsx":
        write_places_xlsx(file, places, table)
    else:
        _WRITERS[file_format](file, table)


def require(file_format: str) -> None:
    """Raise UsageError, naming the remedy, for a format whose library is not installed."""
    if file_format == "parquet":
        require_parquet()
