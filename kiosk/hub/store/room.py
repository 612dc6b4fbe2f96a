"""Whether the disk of a SQLite hub has room for what kiosks send."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.errors import StoreError

_NEEDED_BYTES = 8 << 20
"""What some full batches take in the log and, when it is brought in, in the file."""


def require_room(path: Path) -> None:
    """Raise StoreError where a hub's disk is as good as full: a small write may still go through, a batch will not."""
    try:
        free = shutil.disk_usage(path.absolute().parent).free
    except OSError as error:
        raise StoreError(f"The disk of {path} cannot be asked: {error.strerror}.", "Look at the disk.") from error
    if free < _NEEDED_BYTES:
        raise StoreError(f"The disk of {path} is full.", "Free some space; kiosks send again by themselves.")
