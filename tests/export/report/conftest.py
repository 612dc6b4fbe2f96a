"""Reports from answers that a test lists."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.config import Config
from kiosk.results.period import Period
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.telling.facts import Facts, gather
from tests.export.report.records import EVENING_MS, FRIDAY, Record, Tell


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """Give a function that stores records and gathers the facts of a report about them."""

    def told(config: Config, records: Iterable[Record], period: Period = FRIDAY, now_ms: int = EVENING_MS) -> Facts:
        database = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        with Store.open(database, SystemClock()) as store:
            store.add_many(records)
        with Reader(database) as reader:
            return gather(reader, config, period, now_ms)

    return told
