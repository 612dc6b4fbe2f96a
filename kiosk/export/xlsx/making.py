"""A workbook being made: on the disk, and then in the file where it belongs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kiosk.export.scratch import scratch_folder

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_OPTIONS = {
    "constant_memory": True,
    "use_zip64": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Rows are on the disk before the next ones are written, and no text becomes anything but text."""


@contextmanager
def workbook_into(file: BinaryIO) -> Iterator[Workbook]:
    """Give a new workbook, which is put into `file` when the block ends well.

    Raises FileNotWritten when there is no room to make it.
    """
    with scratch_folder() as folder:
        made = folder / "kiosk.xlsx"
        with _workbook(made, folder) as workbook:
            yield workbook
        with made.open("rb") as finished:
            shutil.copyfileobj(finished, file)


@contextmanager
def _workbook(path: Path, folder: Path) -> Iterator[Workbook]:
    """Give a new workbook, finished when the block ends well."""
    from xlsxwriter.exceptions import FileCreateError  # only who wants a workbook waits for the library
    from xlsxwriter.workbook import Workbook

    workbook = Workbook(path, {**_OPTIONS, "tmpdir": str(folder)})
    try:
        yield workbook
        workbook.close()
    except FileCreateError as error:
        raise error.args[0] from error
    finally:
        for sheet in workbook.worksheets():
            with suppress(OSError):
                sheet.row_data_fh.close()
