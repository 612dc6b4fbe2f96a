"""A chain's database server dies under load and its standby takes over: nothing is lost, nothing is counted twice."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kiosk.hub.store.database import Database
from tests.patience import wait_until
from tests.real.chain import CounterProcess, have_promised
from tests.real.hub_process import HubProcess, kiosk
from tests.real.postgres import Pair, pair

pytestmark = pytest.mark.real

COUNTERS = 3
_LOAD_S, _RECORDS = 8.0, 50
"""Seconds and records of each counter before, and after: whichever takes longer."""
_FROZEN_S = 1.5
"""What the primary commits meanwhile dies with it: nobody may be told that it is safe."""
_LEADERLESS_S = 1.5


def test_a_standby_takes_over_under_load(tmp_path: Path) -> None:
    with ExitStack() as stack:
        both = stack.enter_context(pair())
        hub = stack.enter_context(_served(both, tmp_path))
        counters = [CounterProcess(tmp_path / f"kassa-{number}", f"kassa-{number}") for number in range(COUNTERS)]
        for counter in counters:
            counter.enrol(f"http://127.0.0.1:{hub.port}", hub.code("Kampin lounaskahvila"))
            stack.enter_context(counter.process)
            counter.process.start()
        _bear(counters, _RECORDS)
        _lose_the_primary(both)
        for counter in counters:  # before they could hear from the new server what it lacks, and send it again
            counter.process.end()
        both.standby.promote()
        database = Database(both.url)
        stack.callback(database.close)
        _require_kept(counters, database)
        for counter in counters:
            counter.process.start()
        _bear(counters, 2 * _RECORDS)
        for counter in counters:
            counter.process.end()
        hub.wait()
        for counter in counters:
            assert counter.send_once() == 0, hub.said[-2000:]
            counter.require_known(f"http://127.0.0.1:{hub.port}")
            assert counter.require_whole(database) > 2 * _RECORDS


@contextmanager
def _served(both: Pair, folder: Path) -> Iterator[HubProcess]:
    """Serve from whichever of the two takes writes."""
    (own := folder / "hub").mkdir()
    kiosk("hub", "migrate", "--database", both.url, folder=own)
    hub = HubProcess(own, both.url, "--processes", 2)
    with hub:
        hub.start()
        hub.wait()
        yield hub


def _bear(counters: Sequence[CounterProcess], records: int) -> None:
    """Let customers answer for a while, and until every counter has promised so many records."""
    time.sleep(_LOAD_S)
    wait_until(lambda: have_promised(counters, records), "so many records")


def _lose_the_primary(both: Pair) -> None:
    """Let the standby hear of nothing for a while, and then the primary die; what was between them is gone, too."""
    both.standby.freeze()
    time.sleep(_FROZEN_S)
    both.primary.kill()
    both.standby.kill()
    both.standby.start()
    time.sleep(_LEADERLESS_S)


def _require_kept(counters: Sequence[CounterProcess], database: Database) -> None:
    with database.read() as connection:
        for counter in counters:
            counter.require_kept(connection)
