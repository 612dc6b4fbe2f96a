"""JSON for programs: nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from kiosk.export.table import Cell


def write_json(file: BinaryIO, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as one array of objects, one object a line, in UTF-8 without a byte order mark."""
    separator = "[\n"
    for row in rows:
        line = json.dumps(dict(zip(heading, row, strict=True)), ensure_ascii=False)
        file.write(f"{separator}{line}".encode())
        separator = ",\n"
    file.write(b"[]\n" if separator == "[\n" else b"\n]\n")
