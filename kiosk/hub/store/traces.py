"""What SQLite keeps of what was erased: nothing in the file, but for a while in its log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kiosk.store.connection import BUSY_TIMEOUT_MS


def empty_log(path: Path) -> bool:
    """Write the log into the file and cut it to nothing; False where somebody was reading, or a disk fails."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        return False
    return not is_busy
