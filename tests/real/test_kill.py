"""The program is killed at any moment, again and again on one database: what the screen has thanked for stays.

KIOSK_KILLS asks for more kills than the usual ones, KIOSK_SEED for the same choices as in an earlier run.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from kiosk.answer import Outcome
from kiosk.clock import SystemClock
from kiosk.store.store import Store
from tests.real.customer import Customer, chance, trial_config
from tests.real.ledger import Given, open_visits, require_kept, require_sound, stored_answers, visit_outcomes
from tests.real.terminal import PtyKiosk

pytestmark = pytest.mark.real

KILLS = int(os.environ.get("KIOSK_KILLS", "100"))
KIOSKS = 2
"""Kiosks that are killed side by side, each with its own database."""

_IN_THE_START = 0.1
"""Share of the kills that come while the kiosk starts."""


def test_no_thanked_answer_is_lost_in_a_hundred_kills(tmp_path: Path) -> None:
    random = chance()
    with ThreadPoolExecutor(KIOSKS) as pool:
        kiosks = [
            pool.submit(kill_again_and_again, tmp_path / str(number), Random(random.random()), KILLS // KIOSKS)
            for number in range(KIOSKS)
        ]
        cut_off = sum(kiosk.result() for kiosk in kiosks)
    assert cut_off > KILLS // 8, "hardly a kill fell into a visit"


def kill_again_and_again(folder: Path, random: Random, times: int) -> int:
    """Start, visit and kill, so many times; tell how many visits were cut off."""
    folder.mkdir()
    database = folder / "kiosk.db"
    kept: list[Given] = []
    for _ in range(times):
        kept = live_once(database, kept, random)
    with Store.open(database, SystemClock()) as store:
        assert store.quarantined is None
    assert not (folder / "quarantine").exists()
    return visit_outcomes(database).count(Outcome.LEFT)


def live_once(database: Path, kept: list[Given], random: Random) -> list[Given]:
    """Start the kiosk, look whether all that was `kept` is there, visit, kill; gives what is kept now."""
    arguments = ("run", "--config", trial_config(database.parent), "--database", database)
    with PtyKiosk(*arguments, folder=database.parent, size=(120, 32)) as kiosk:
        customer = Customer(kiosk, random)
        if random.random() < _IN_THE_START:
            customer.visit_for(random.uniform(0, 1.5))
        else:
            customer.arrive(database)
            kiosk.until(lambda: not open_visits(database), "the end of the visit that was cut off")
            customer.visit_until_tap(random.uniform(0, 0.1))
            customer.visit_for(random.choice([0, random.uniform(0, 2)]))
        kiosk.process.kill()
        assert kiosk.ended() == -signal.SIGKILL
        customer.look()
    if not database.exists():
        assert not kept
        return []
    require_sound(database)
    stored = stored_answers(database)
    require_kept(stored, kept + customer.thanked, customer.tapped)
    return stored
