"""What the kernel sees of a batch: the hub's log is written and synced to the disk before the answer leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.real.chain import counter_with_visits
from tests.real.hub_process import HubProcess
from tests.real.strace import require_strace, traced

pytestmark = pytest.mark.real

_SLOW_SYNC = "inject=fdatasync,fsync:delay_enter=300000"
"""A sync takes 0.3 s, so that an answer which does not wait for it is seen to leave before."""
_EACH_TIME = ["written", "synced", "answered"]
_LOG = "-wal>"
_ANSWER = "HTTP/1.1 200"
_SYNCED = re.compile(r"\b(fdatasync|fsync)(\(| resumed>).*\) += 0\b")


def test_a_batch_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    require_strace()
    trace, counter = tmp_path / "strace", counter_with_visits(tmp_path)
    with HubProcess(tmp_path, tmp_path / "hub.db") as hub:
        assert isinstance(hub, HubProcess)
        hub.start()
        hub.wait()
        counter.enrol(f"http://127.0.0.1:{hub.port}", hub.code("Kampin lounaskahvila"))
        assert counter.send_once() == 0  # the first use of a token is written, too
        counter.serve_customers()
        with traced(hub.pid, trace, "trace=pwrite64,write,sendto,sendmsg,writev,fdatasync,fsync", _SLOW_SYNC):
            assert counter.send_once() == 0
    order = [event for event, _ in groupby(events(trace))]
    assert order == _EACH_TIME * (len(order) // len(_EACH_TIME) or 1)


def events(trace: Path) -> Iterator[str]:
    """Give what happened to the log and to the kiosk, in its order: a write as it begins, a sync as it succeeded."""
    for line in trace.read_text(encoding="utf-8").splitlines():
        if _ANSWER in line:
            yield "answered"
        elif "pwrite64(" in line and _LOG in line:
            yield "written"
        elif _SYNCED.search(line):
            yield "synced"
