"""A counter with many customers and no screen: `python -m tests.real.counter CONFIG DATABASE LEDGER SEED`.

Writes visits and sends them with the kiosk's own code, each in a thread, until it is killed. The ledger gets the id of
a record once it was promised to be safe.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

from kiosk.answer import Answer, Visit
from kiosk.clock import SystemClock
from kiosk.config import load_config
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.sync.configuration import HubConfiguration
from kiosk.sync.lines import HubLine, Office
from tests.records import answer_at, shared_at, visit_at

_LONGEST_WAIT_S = 0.3
"""Between two attempts to send: the waits of a real kiosk would leave a test little to see."""
_LONGEST_PAUSE_S = 0.05

WORDS = "Soita minulle 040-1234567"


def main(config: Path, database: Path, ledger: Path, seed: str) -> None:
    """Live until killed."""
    clock = SystemClock()
    store = Store.open(database, clock)
    office = Office(
        load_config(config),
        database,
        clock,
        store,
        Reader(database),
        HubConfiguration(config, database.parent, clock),
    )
    Thread(target=_send, args=(office,), daemon=True).start()
    _serve_customers(store, clock, ledger, Random(f"{seed} {time.time_ns()}"))


def _send(office: Office) -> None:
    line = HubLine(office)
    while True:
        time.sleep(min(line.step().wait_s, _LONGEST_WAIT_S))


def _serve_customers(store: Store, clock: SystemClock, ledger: Path, random: Random) -> None:
    with ledger.open("a", encoding="ascii", buffering=1) as promised:
        while True:
            for record in visit(clock, random):
                store.add(record).result()
                kind = "text" if isinstance(record, Answer) and record.text else "record"
                promised.write(f"{kind} {record.id}\n")
            time.sleep(random.uniform(0, _LONGEST_PAUSE_S))


def visit(clock: SystemClock, random: Random) -> list[Answer | Visit]:
    """Make what one customer leaves behind."""
    moment = clock.now()
    same_visit = shared_at(moment)

    def answer(**fields: Any) -> Answer:
        return answer_at(moment, **same_visit, **fields)

    first = answer(question="visit", kind="smiley", points=5, value=random.randint(1, 5))
    records: list[Answer | Visit] = [first]
    if random.random() < 0.3:
        records.append(answer(question="visit", kind="smiley", points=5, value=1, supersedes=first.id))
    if random.random() < 0.3:
        records.append(answer(question="why", kind="choice", choices=("queue",)))
    if random.random() < 0.2:
        records.append(answer(question="words", kind="text", text=WORDS))
    if random.random() < 0.9:
        records.append(visit_at(moment, **same_visit))
    return records


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
