"""Eight megabytes held back beside the database, so that a full disk still has room for the last answers.

Deleting rows cannot help there: in SQLite a DELETE needs room too.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from kiosk.store.files import beside

SIZE = 8 * 1024 * 1024


def lay(database: Path) -> None:
    """Hold the space back, if it is not held already; quietly not on a disk that has too little to spare."""
    path = beside(database, ".ballast")
    if path.exists() or shutil.disk_usage(database.parent).free < 2 * SIZE or not hasattr(os, "posix_fallocate"):
        return
    with suppress(OSError), path.open("xb") as file:
        path.chmod(0o600)
        os.posix_fallocate(file.fileno(), 0, SIZE)


def drop(database: Path) -> None:
    """Give the space back to the disk."""
    beside(database, ".ballast").unlink(missing_ok=True)
