"""A chain's database server dies under load and its standby takes over: nothing is lost, nothing is counted twice."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.hub.store.database import Database
from tests.real.chain import CounterProcess
from tests.real.hub_process import HubProcess, kiosk
from tests.real.postgres import pair

pytestmark = pytest.mark.real

COUNTERS = 3
_LOAD_S = 8.0
"""Seconds of answers before, and after."""
_FROZEN_S = 1.5
"""What the primary commits meanwhile dies with it: nobody may be told that it is safe."""
_LEADERLESS_S = 1.5


def test_a_standby_takes_over_under_load(tmp_path: Path) -> None:
    with ExitStack() as stack:
        both = stack.enter_context(pair())
        (folder := tmp_path / "hub").mkdir()
        kiosk("hub", "migrate", "--database", both.url, folder=folder)
        hub = HubProcess(folder, both.url, "--processes", 2)
        stack.enter_context(hub)
        hub.start()
        hub.wait()
        counters = [CounterProcess(tmp_path / f"kassa-{number}", f"kassa-{number}") for number in range(COUNTERS)]
        for counter in counters:
            counter.enrol(f"http://127.0.0.1:{hub.port}", hub.code("Kampin lounaskahvila"))
            stack.enter_context(counter.process)
            counter.process.start()
        time.sleep(_LOAD_S)
        with both.standby.frozen():
            time.sleep(_FROZEN_S)
            both.primary.kill()
        time.sleep(_LEADERLESS_S)
        for counter in counters:  # before they could hear from the new server what it lacks, and send it again
            counter.process.end()
        both.standby.promote()
        database = Database(both.url)
        stack.callback(database.close)
        with database.read() as connection:
            for counter in counters:
                counter.require_kept(connection)
        for counter in counters:
            counter.process.start()
        time.sleep(_LOAD_S)
        for counter in counters:
            counter.process.end()
        hub.wait()
        for counter in counters:
            assert counter.send_once() == 0, hub.said[-2000:]
            counter.require_known(f"http://127.0.0.1:{hub.port}")
        assert min(counter.require_whole(database) for counter in counters) > 100
