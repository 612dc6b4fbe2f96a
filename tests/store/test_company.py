"""Other programs at the same database: they come and go, and the kiosk's answers stay."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.store.reader import Reader
from kiosk.store.store import Store
from tests.store.conftest import Maker

_VISITOR = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM answer').fetchall(); c.close()"
)


def test_a_program_that_closes_the_database_leaves_the_log_to_the_kiosk(
    store: Store, make: Maker, database: Path, peek: Callable[..., list[tuple[Any, ...]]]
) -> None:
    store.add(make.answer()).result()
    with Reader(database) as reader:
        assert len(list(reader.answers())) == 1
    subprocess.run([sys.executable, "-c", _VISITOR, database], check=True)
    store.add(make.answer()).result()
    assert peek("SELECT count(*) FROM answer") == [(2,)]
