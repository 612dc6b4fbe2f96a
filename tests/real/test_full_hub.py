"""A hub whose disk is full: it sends kiosks away for a while, loses nothing that it took, and goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import func, select

from kiosk.hub.store.database import Database
from kiosk.hub.store.engines import file_engine
from kiosk.hub.store.tables.records import ANSWER, VISIT
from kiosk.store.reader import Reader
from kiosk.sync.batch import pack
from kiosk.wire.base import BATCH_TYPE, PROBLEM_TYPE
from tests.patience import PATIENCE_SECONDS
from tests.real.chain import CounterProcess, counter_with_visits
from tests.real.hub_process import HubProcess
from tests.real.power import Disk, disk, require_disk

pytestmark = pytest.mark.real

_VISITS = 400
_AT_ONCE = 100

LATER = 3
"""The exit code of what may work another time."""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Disk]:
    require_disk()
    with disk(tmp_path / "small", megabytes=24) as made:
        yield made


@pytest.fixture
def hub(small: Disk, tmp_path: Path) -> Iterator[HubProcess]:
    """Serve from a small disk; what the hub says goes to another one."""
    with HubProcess(tmp_path, small.folder / "hub.db") as hub:
        assert isinstance(hub, HubProcess)
        hub.start()
        hub.wait()
        yield hub


@pytest.fixture
def counter(hub: HubProcess, tmp_path: Path) -> CounterProcess:
    counter = counter_with_visits(tmp_path, _VISITS)
    counter.enrol(f"http://127.0.0.1:{hub.port}", hub.code("Kampin lounaskahvila"))
    return counter


def batches(counter: CounterProcess) -> Iterator[bytes]:
    """Give what the kiosk has to send, batch after batch."""
    with Reader(counter.database) as reader:
        after_seq = 0
        while records := reader.outbox(after_seq, _AT_ONCE):
            yield pack(records, after_seq, reader.device_id).body
            after_seq = records[-1].seq


def stored(hub: HubProcess) -> int:
    """Count the records in the file of a hub that runs."""
    engine = file_engine(Path(str(hub.database)), "ro")
    with engine.connect() as connection:
        counts = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (ANSWER, VISIT)]
    engine.dispose()
    return sum(counts)


def test_a_hub_on_a_full_disk_takes_nothing_loses_nothing_and_goes_on(
    small: Disk, hub: HubProcess, counter: CounterProcess
) -> None:
    headers = {"Authorization": f"Bearer {counter.token}", "Content-Type": BATCH_TYPE}
    with httpx2.Client(base_url=f"http://127.0.0.1:{hub.port}", headers=headers, timeout=PATIENCE_SECONDS) as kiosk:
        waiting = batches(counter)
        taken = kiosk.post("/v1/events", content=next(waiting)).json()["accepted"]
        filler = small.fill("everything")
        while (reply := kiosk.post("/v1/events", content=next(waiting))).status_code == 200:
            taken += reply.json()["accepted"]  # there is some room in the log
        assert (reply.status_code, reply.headers["content-type"]) == (503, PROBLEM_TYPE), hub.said[-2000:]
        assert 15 <= int(reply.headers["retry-after"]) <= 60
        assert counter.send_once() == LATER
        assert (kiosk.get("/readyz").status_code, kiosk.get("/livez").status_code) == (503, 200)
        assert stored(hub) == taken
        filler.unlink()
        assert kiosk.get("/readyz").status_code == 200, hub.said[-2000:]
    assert counter.send_once() == 0
    assert "Traceback" not in hub.said
    hub.end()
    with closing(Database(f"sqlite:///{hub.database}")) as database:
        assert counter.require_whole(database) > _VISITS
