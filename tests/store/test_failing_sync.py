"""A disk that refuses to flush: an answer is confirmed only if it is there when all is well again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.store.reader import Reader
from kiosk.store.store import Store

WRITER = """if True:
    import sys
    from pathlib import Path
    from uuid import uuid4
    from kiosk.answer import Answer
    from kiosk.clock import SystemClock
    from kiosk.errors import StoreError
    from kiosk.store.store import Store
    clock = SystemClock()
    try:
        store = Store.open(Path(sys.argv[1]), clock)
    except StoreError as error:
        sys.exit(f"not opened: {error.message}")
    for _ in range(4):
        moment = clock.now()
        answer = Answer(id=uuid4(), visit_id=uuid4(), at_ms=moment.at_ms, boot_id=moment.boot_id,
                        boot_ms=moment.boot_ms, clock_state="synced", survey_revision="r", language="fi", layout="l",
                        question="visit", kind="smiley", points=5, value=4)
        for _ in range(2):
            try:
                store.add(answer).result()
                print(answer.id)
                break
            except StoreError as error:
                print("refused:", error.message, file=sys.stderr)
    store.close()
"""


def _run_with(fault: str, database: Path) -> subprocess.CompletedProcess[str]:
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", f"inject={fault}"]
    return subprocess.run([*strace, sys.executable, "-c", WRITER, str(database)], capture_output=True, text=True)


@pytest.fixture(scope="module", autouse=True)
def strace() -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    if subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody trace")


@pytest.mark.real
@pytest.mark.parametrize("when", ["1", "2", "3", "4", "5", "6", "8", "10", "2+3", "4+"])
def test_what_is_confirmed_while_syncs_fail_is_there_afterwards(
    when: str, database: Path, open_store: Callable[[], Store]
) -> None:
    open_store().close()
    ended = _run_with(f"fdatasync:error=EIO:when={when}", database)
    assert "Traceback" not in ended.stderr
    confirmed = ended.stdout.split()
    store = open_store()
    assert store.quarantined is None
    with Reader(database) as reader:
        stored = [str(answer.answer.id) for answer in reader.answers()]
    assert set(confirmed) <= set(stored)
    assert len(stored) == len(set(stored))
    assert len(confirmed) == 4 or "+" in when


@pytest.mark.real
def test_nothing_is_confirmed_while_no_sync_succeeds(database: Path, open_store: Callable[[], Store]) -> None:
    open_store().close()
    ended = _run_with("fdatasync:error=EIO", database)
    assert ended.stdout == ""
    assert "The disk failed" in ended.stderr and "Traceback" not in ended.stderr
