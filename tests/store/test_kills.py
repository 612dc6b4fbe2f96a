"""A process that is killed loses nothing that it has confirmed."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.store.reader import Reader
from kiosk.store.store import Store

WRITER = """if True:
    import sys
    from pathlib import Path
    from uuid import uuid4
    from kiosk.answer import Answer, Outcome, Visit
    from kiosk.clock import SystemClock
    from kiosk.store.store import Store
    clock = SystemClock()
    store = Store.open(Path(sys.argv[1]), clock)
    print("open", flush=True)
    while True:
        moment = clock.now()
        common = dict(visit_id=uuid4(), at_ms=moment.at_ms, boot_id=moment.boot_id, boot_ms=moment.boot_ms,
                      clock_state="synced", survey_revision="r", language="fi", layout="l")
        answer = Answer(id=uuid4(), question="visit", kind="smiley", points=5, value=4, **common)
        store.add(answer).result()
        print(answer.id, flush=True)
        store.add(Visit(id=uuid4(), outcome=Outcome.COMPLETE, **common)).result()
"""


def _kill_after(answers: int, database: Path) -> set[str]:
    """Let a process write, kill it once it has confirmed so many answers; give all that it confirmed."""
    command = [sys.executable, "-c", WRITER, str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout and writer.stdout.readline() == "open\n"
        confirmed = [writer.stdout.readline() for _ in range(answers)]
        writer.kill()
        confirmed += writer.stdout.readlines()
    return {line.strip() for line in confirmed if line.endswith("\n")}


def test_ten_kills_lose_no_confirmed_answer_and_double_none(database: Path, open_store: Callable[[], Store]) -> None:
    chance = random.Random(7)
    confirmed: set[str] = set()
    for _ in range(10):
        confirmed |= _kill_after(chance.randrange(20), database)
    store = open_store()
    assert store.quarantined is None
    assert confirmed
    with Reader(database) as reader:
        stored = [str(answer.answer.id) for answer in reader.answers()]
        assert all(answer.outcome for answer in reader.answers())
    assert confirmed <= set(stored)
    assert len(stored) == len(set(stored)) <= len(confirmed) + 10
