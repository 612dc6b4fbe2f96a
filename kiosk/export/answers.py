"""The answers of a period, written in one of the formats."""

from __future__ import annotations

from typing import BinaryIO

from kiosk.export.csv_file import write_csv
from kiosk.export.json_file import write_json
from kiosk.export.parquet_file import require_parquet, write_parquet
from kiosk.export.selection import Selection, Watch, unwatched
from kiosk.export.xlsx.workbook import write_xlsx

FORMATS = ("csv", "xlsx", "json", "parquet")
"""What answers can be written as; the name is also the end of the file's name."""


def write_answers(file: BinaryIO, file_format: str, selection: Selection, watch: Watch = unwatched) -> None:
    """Write answers in one of FORMATS, however many they are, in the memory that a few need.

    Raises StoreError, FileNotWritten, and UsageError where a format needs what is not installed.
    """
    if file_format == "csv":
        write_csv(file, selection.table(watch))
    elif file_format == "xlsx":
        write_xlsx(file, selection, watch)
    elif file_format == "json":
        write_json(file, selection.table(watch))
    elif file_format == "parquet":
        write_parquet(file, selection.table(watch))


def require(file_format: str) -> None:
    """Raise UsageError, naming the remedy, for a format whose library is not installed."""
    if file_format == "parquet":
        require_parquet()
