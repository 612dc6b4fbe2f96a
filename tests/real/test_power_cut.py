"""The power goes at any moment of a visit: what the screen has thanked for is on the disk.

KIOSK_CUTS asks for more cuts than the usual ones, KIOSK_SEED for the same choices as in an earlier run.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kiosk.answer import Outcome
from kiosk.clock import SystemClock
from kiosk.store.store import Store
from kiosk.store.writer import IDLE_SECONDS
from tests.conftest import SHIPPED
from tests.patience import PATIENCE_SECONDS
from tests.real.customer import Customer, chance
from tests.real.ledger import require_kept, require_sound, stored_answers, visit_outcomes
from tests.real.power import Disk, disk, mounted, require_disk, stopped
from tests.real.strace import LYING_SYNC, require_strace, traced
from tests.real.terminal import KIOSK, PtyKiosk

pytestmark = pytest.mark.real

CUTS = int(os.environ.get("KIOSK_CUTS", "40"))
LONGEST_PAUSE = 2.5
"""Seconds between two cuts at random: about as long as a visit."""


@pytest.fixture
def random() -> Random:
    return chance()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Disk]:
    require_disk()
    with disk(tmp_path / "real") as made:
        yield made


class PoweredKiosk:
    """A kiosk in service, whose disk can be looked at as a power cut would leave it."""

    def __init__(self, kiosk: PtyKiosk, place: Disk, random: Random) -> None:
        self.kiosk, self.disk = kiosk, place
        self.customer = Customer(kiosk, random)
        self.cuts = 0

    def cut(self) -> Path:
        """Copy the disk at this instant, once everything is read that the kiosk has shown until now."""
        self.cuts += 1
        with stopped(self.kiosk):
            self.customer.look()
            return self.disk.snapshot(self.disk.image.with_name(f"cut-{self.cuts}.img"))

    def require_survived(self, image: Path) -> Outcome:
        """Start from the copied disk as after a power cut, and miss nothing that the screen had thanked for.

        Gives the outcome of the visit that the cut fell into, or of the one before.
        """
        with mounted(image, image.with_suffix("")) as folder:
            outcomes = require_whole(folder / "kiosk.db")
            require_kept(stored_answers(folder / "kiosk.db"), self.customer.thanked, self.customer.tapped)
        image.unlink()
        assert Outcome.LEFT not in outcomes[:-1], "a visit that was over counts as cut off"
        return outcomes[-1]


@pytest.fixture
def powered(place: Disk, random: Random) -> Iterator[PoweredKiosk]:
    arguments = ("run", "--config", SHIPPED, "--database", place.folder / "kiosk.db")
    with PtyKiosk(*arguments, folder=place.folder.parent, size=(120, 32)) as kiosk:
        made = PoweredKiosk(kiosk, place, random)
        made.customer.arrive(place.folder / "kiosk.db")
        yield made


def require_whole(database: Path) -> list[Outcome]:
    """Open a database as a kiosk does at its next start; gives the outcomes of all visits, in their order."""
    with Store.open(database, SystemClock()) as store:
        assert store.quarantined is None
    require_sound(database)
    return visit_outcomes(database)


def test_no_thanked_answer_is_lost_when_the_power_goes_during_visits(powered: PoweredKiosk, random: Random) -> None:
    powered.customer.visit_once()
    outcomes = []
    for number in range(CUTS):
        if number % 2:
            powered.customer.visit_for(random.uniform(0, LONGEST_PAUSE))
        else:
            powered.customer.visit_until_tap(random.uniform(0, 0.06))
        outcomes.append(powered.require_survived(powered.cut()))
    assert outcomes.count(Outcome.LEFT) > CUTS // 8, "hardly a cut fell into a visit"


def test_no_thanked_answer_is_lost_when_the_power_goes_around_the_checkpoint(
    powered: PoweredKiosk, random: Random
) -> None:
    powered.customer.visit_once()
    powered.customer.leave()
    quiet_since = time.monotonic()
    database = powered.disk.folder / "kiosk.db"
    before = database.stat().st_mtime_ns
    time.sleep(IDLE_SECONDS - 0.5)
    images = []
    while database.stat().st_mtime_ns == before and time.monotonic() < quiet_since + IDLE_SECONDS + PATIENCE_SECONDS:
        images.append(powered.cut())
        time.sleep(random.uniform(0, 0.03))  # the kiosk stands still during a cut, and would never come so far
    images.append(powered.cut())
    assert database.stat().st_mtime_ns > before, "there was no checkpoint"
    for image in images:
        powered.require_survived(image)
    for _ in range(CUTS // 8):
        powered.customer.visit_until_tap(0.05)
        powered.require_survived(powered.cut())


def test_what_a_power_cut_leaves_can_be_read_by_the_commands(powered: PoweredKiosk) -> None:
    powered.customer.visit_once()
    thanked = len([question for question, _ in powered.customer.thanked if question == "visit"])
    with mounted(powered.cut(), powered.disk.image.with_name("after")) as folder:
        command: list[str | Path] = [KIOSK, "results", "--json", "--config", SHIPPED, "--database", folder / "kiosk.db"]
        answer = subprocess.run(command, capture_output=True, check=True, timeout=60)
    figures = {question["id"]: question["n"] for question in json.loads(answer.stdout)["questions"]}
    assert figures["visit"] == thanked == 1


def test_this_proof_notices_a_sync_that_does_nothing(powered: PoweredKiosk, tmp_path: Path) -> None:
    require_strace()
    powered.customer.visit_once()
    powered.require_survived(powered.cut())
    with traced(powered.kiosk.process.pid, tmp_path / "strace", "trace=fdatasync,fsync", LYING_SYNC):
        powered.customer.visit_once()
        image = powered.cut()
    with pytest.raises(AssertionError, match="thanked answers lost"):
        powered.require_survived(image)
