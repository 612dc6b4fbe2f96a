"""What is in the database, read with nothing of the kiosk's own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

Row = tuple[str, int | None, str, str | None]
"""Question, value, choices as JSON, text."""


def answers(database: Path) -> list[Row]:
    """Read every answer that is on disk, oldest first; none before the database is made."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT question, value, choices, text FROM answer ORDER BY seq").fetchall()
    except sqlite3.OperationalError:
        return []
