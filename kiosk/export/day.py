"""One day's answers as a file: what staff take along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.config import Config
from kiosk.export.answers import write_answers
from kiosk.export.atomic import new_file
from kiosk.export.names import free_path, generated_name, real_folder
from kiosk.export.selection import Selection
from kiosk.results.period import Period


def export_day(database: Path, config: Config, day: date, folder: Path, file_format: str = "csv") -> Path:
    """Write one business day's answers into a folder and give the new file, which never takes another's place.

    Blocks until the file is safe on disk, so a screen calls this in a thread. Raises FileNotWritten and StoreError.
    """
    from kiosk.store.reader import Reader  # half a second of database library

    period = Period(day)
    path = free_path(real_folder(folder), generated_name(config, period, file_format))
    with Reader(database) as reader, new_file(path) as file:
        write_answers(file, file_format, Selection(reader, config, period))
    return path
