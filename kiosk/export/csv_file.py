"""CSV for spreadsheets: text that a spreadsheet would run as a formula is disarmed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import BinaryIO

from kiosk.export.table import Cell

_FORMULA = re.compile(r"(?:^|(?<=;))(?=[ ]*[=+\-@|%＝＋－＠｜％])")
"""Where a cell starts that a spreadsheet would calculate: at the front, and behind a semicolon, at which spreadsheets
of many countries (Finland among them) cut a line that has commas."""
_JOINER = "\u200d"


def write_csv(file: BinaryIO, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as UTF-8 with a byte order mark, every field in quotes, lines ending in CR LF.

    Lists are joined by `;`, truth is `true` or `false`, nothing is an empty field. A text gets an apostrophe in front
    where a spreadsheet would take it for a formula, and loses control characters; JSON is the lossless format.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([disarmed(name) for name in heading])
        writer.writerows([_field(cell) for cell in row] for row in rows)
    finally:
        text.detach()


@lru_cache(maxsize=4096)
def disarmed(text: str) -> str:
    """Give a text as one harmless line: no control characters, no formula."""
    if not text.isprintable():
        text = "".join(" " if mark.isspace() else mark for mark in text if _is_shown(mark))
    return _FORMULA.sub("'", text)


def _is_shown(mark: str) -> bool:
    return mark.isprintable() or mark.isspace() or mark == _JOINER


def _field(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return disarmed(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, int) else disarmed(";".join(cell))
