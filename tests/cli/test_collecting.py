from __future__ import annotations

import gc
from pathlib import Path

import pytest

from kiosk.cli.reading import reading
from kiosk.clock import SystemClock
from kiosk.store.store import Store


def test_reading_seldom_looks_for_garbage_and_leaves_that_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.nice", lambda _: 0)  # the tests go on at their own priority
    database = tmp_path / "kiosk.db"
    Store.open(database, SystemClock()).close()
    usual = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt), reading(database):
        assert gc.isenabled()
        assert gc.get_threshold()[0] >= 100 * usual[0]
        raise KeyboardInterrupt
    assert gc.get_threshold() == usual
