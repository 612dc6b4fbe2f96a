"""A place for what is needed only while a file is made."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import FileNotWritten
from kiosk.words import N_

_ON_DISK = Path("/var/tmp")
"""A folder for passing files that is on a disk, where the usual one may be in memory, which is scarce."""
_FULL_BYTES = 1 << 20
"""A disk that has no more room than this is full."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give an empty folder that goes away with all that is in it. Raises FileNotWritten when its disk is full."""
    parent = _ON_DISK if _ON_DISK.is_dir() else Path(tempfile.gettempdir())
    try:
        with tempfile.TemporaryDirectory(prefix="kiosk-", dir=parent, ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        if error.errno != errno.ENOSPC or shutil.disk_usage(parent).free > _FULL_BYTES:
            raise
        hint = N_("Make room there: a workbook is made in it.")
        raise FileNotWritten(N_("The disk of {folder} is full."), hint, folder=parent) from error
