"""The answers of a period, written in one of the formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.export.csv_file import write_csv
from kiosk.export.json_file import write_json
from kiosk.export.table import Cell, columns, rows
from kiosk.store.stored import StoredAnswer

Write = Callable[[BinaryIO, Sequence[str], Iterable[Sequence[Cell]]], None]

FORMATS: dict[str, Write] = {"csv": write_csv, "json": write_json}
"""How each format is written; the name is also the end of the file's name."""


def write_answers(
    file: BinaryIO, file_format: str, answers: Callable[[], Iterable[StoredAnswer]], config: Config
) -> None:
    """Write answers in one of FORMATS.

    `answers` is called twice: once to learn which context keys there are, once for the rows; nothing is kept between.
    """
    context_keys = sorted({key for stored in answers() for key in stored.answer.context})
    FORMATS[file_format](file, columns(context_keys), rows(answers(), config, context_keys))


def known_format(name: str) -> str:
    """Give the name of a format as FORMATS has it. Raises UsageError, naming those there are, for any other."""
    if name not in FORMATS:
        raise UsageError(f"There is no export format '{name}'.", f"Choose one of: {', '.join(FORMATS)}.")
    return name
