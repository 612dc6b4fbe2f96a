"""Kiosks and hub are killed while customers answer and the network fails: in the end the hub has each record once.

KIOSK_FIRE_SECONDS asks for more than the usual minute, KIOSK_SEED for the same choices as in an earlier run.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from kiosk.hub.store.database import Database
from kiosk.hub.store.engines import file_engine
from tests.faults.fault import PORTAL_PAGE, SOUND, Fault, Manner
from tests.faults.proxy import Proxy, between
from tests.real.chain import CounterProcess, have_promised, hub_texts
from tests.real.customer import chance
from tests.real.hub_process import HubProcess, kiosk

pytestmark = pytest.mark.real

SECONDS = float(os.environ.get("KIOSK_FIRE_SECONDS", "60"))
COUNTERS = 3
_KILLS, _RECORDS = 5, 100
"""At the least, the records at each counter, however slow the machine is."""
_AT_AN_ANSWER = 0.7
"""The share of the hub's deaths that come the moment it begins to answer."""
_LONGEST_SILENCE_S = 2.0
_TO_NOTE_IT_S = 0.1
"""What a kiosk needs to keep that it was answered."""


class Fire:
    """Everything that may go wrong, in the order that a seed gives."""

    def __init__(self, hub: HubProcess, counters: list[CounterProcess], proxy: Proxy, random: Random) -> None:
        self.hub, self.counters, self.proxy, self.random = hub, counters, proxy, random
        self.kills = 0
        self.erased: dict[str, set[UUID]] = {}

    def burn(self, seconds: float) -> None:
        """Do harm for so long, and until enough was killed, then leave all in order."""
        over = time.monotonic() + seconds
        while time.monotonic() < over or self.kills < _KILLS or not have_promised(self.counters, _RECORDS):
            time.sleep(self.random.uniform(0.2, 1.5))
            self.random.choice((self.kill_hub, self.kill_counter, self.spoil_network, self.spoil_network, self.erase))()
        self.proxy.usual = SOUND
        for counter in self.counters:
            counter.process.end()

    def kill_hub(self) -> None:
        """Kill it, look that no promise of its was broken, and start it again."""
        if self.random.random() < _AT_AN_ANSWER:
            self.wait_for_an_answer()
        self.hub.end()
        self.kills += 1
        time.sleep(self.random.uniform(_TO_NOTE_IT_S, 0.5))
        self.require_kept()
        self.hub.start()
        if self.random.random() < 0.7:
            self.hub.wait()

    def wait_for_an_answer(self) -> None:
        """Wait until the hub begins to answer: what it did not commit before, a kill now makes undone."""
        self.proxy.usual = SOUND
        over, heard = time.monotonic() + _LONGEST_SILENCE_S, self.proxy.answered
        while self.proxy.answered == heard and time.monotonic() < over:
            time.sleep(0)

    def require_kept(self) -> None:
        """Require that the dead hub's file holds what the kiosks believe to be there.

        Now, as they send again what a hub says that it lacks; and without mending the file, which is the hub's to do.
        """
        engine = file_engine(Path(str(self.hub.database)), "ro")
        with engine.connect() as connection:
            for counter in self.counters:
                counter.require_kept(connection)
        engine.dispose()

    def kill_counter(self) -> None:
        """Kill one of the kiosks, and start it again."""
        counter = self.random.choice(self.counters)
        counter.process.end()
        self.kills += 1
        counter.process.start()

    def spoil_network(self) -> None:
        """Let all connections from now on fail in some way, or none."""
        manner = self.random.choice((Manner.CLOSE, Manner.RESET))
        self.proxy.usual = self.random.choice(
            (
                SOUND,
                SOUND,
                Fault(request_bytes=self.random.randrange(4000), manner=manner),
                Fault(response_bytes=self.random.randrange(700), manner=manner),
                Fault(instead=PORTAL_PAGE),
                Fault(latency_s=0.05, piece=1000),
            )
        )

    def erase(self) -> None:
        """Erase a text at the hub, if it has arrived there."""
        counter = self.random.choice(self.counters)
        if texts := sorted(counter.promised("text")):
            chosen = self.random.choice(texts)
            done = kiosk("hub", "erase", chosen, "--database", self.hub.database, folder=counter.folder, check=False)
            if done.returncode == 0:
                self.erased.setdefault(counter.name, set()).add(chosen)


@pytest.fixture
def fire(tmp_path: Path) -> Iterator[Fire]:
    """Start a hub, and counters that send to it through a network that fails."""
    with ExitStack() as stack:
        (folder := tmp_path / "hub").mkdir()
        hub = HubProcess(folder, folder / "hub.db")
        stack.enter_context(hub)
        hub.start()
        hub.wait()
        proxy = stack.enter_context(between(hub.address))
        counters = [CounterProcess(tmp_path / f"kassa-{number}", f"kassa-{number}") for number in range(COUNTERS)]
        for counter in counters:
            counter.enrol(f"http://{proxy.address}", hub.code("Kampin lounaskahvila"))
            stack.enter_context(counter.process)
            counter.process.start()
        yield Fire(hub, counters, proxy, chance())


def test_nothing_is_lost_and_nothing_counted_twice_whatever_is_killed(fire: Fire) -> None:
    fire.burn(SECONDS)
    fire.hub.end()
    fire.hub.start()
    fire.hub.wait()
    for counter in fire.counters:
        for _ in range(2):  # the second time the kiosk says that it has erased what the first one told it to
            assert counter.send_once() == 0, counter.process.said[-2000:]
        assert counter.waiting() == 0
    for counter in fire.counters:
        counter.require_known(f"http://127.0.0.1:{fire.hub.port}")
    fire.hub.end()
    hub = Database(f"sqlite:///{fire.hub.database}")
    try:
        for counter in fire.counters:
            assert counter.require_whole(hub) > _RECORDS
            if erased := fire.erased.get(counter.name):
                assert counter.texts(erased) == {""}
                assert hub_texts(hub, erased) == {""}
    finally:
        hub.close()
