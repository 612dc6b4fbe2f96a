"""JSON for programs: nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from kiosk.export.table import Kind, Table
from kiosk.export.times import utc_texts


def write_json(file: BinaryIO, table: Table) -> None:
    """Write a table as one array of objects, one object a line, in UTF-8 without a byte order mark.

    Times are ISO 8601 with milliseconds.
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    texts: dict[Kind, Callable[[Sequence[Any]], Sequence[str]]] = {Kind.UTC_TIME: utc_texts}
    separator = "[\n"
    for block in table.blocks():
        texts[Kind.LOCAL_TIME] = block.clock.texts
        forms = (texts.get(column.kind) for column in table.columns)
        columns = (form(cells) if form else cells for form, cells in zip(forms, block.columns, strict=True))
        for row in zip(*columns, strict=True):
            file.write(f"{separator}{encode(dict(zip(table.heading, row, strict=True)))}".encode())
            separator = ",\n"
    file.write(b"[]\n" if separator == "[\n" else b"\n]\n")
