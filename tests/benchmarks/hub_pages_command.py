"""Filling and measuring, for `hub_pages`."""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, func, insert, select

from kiosk.clock import SystemClock
from kiosk.hub.hub import Hub
from kiosk.hub.settings import Settings
from kiosk.hub.store.database import Database
from kiosk.hub.store.tables.counts import DAY_COUNT
from kiosk.hub.store.tables.fleet import DEVICE, DEVICE_STATE, LOCATION, SURVEY
from tests.hub.pages.chain import survey
from tests.hub.pages.visiting import Visitor, open_house

_ANSWERS_A_DAY = 27
_ROUNDS = 10
_HELD = 20_000


def main(description: str) -> None:
    """Fill, serve, ask, and print what it took."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--places", type=int, default=5000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--database", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        path = options.database or Path(held) / "hub.db"
        is_new = not path.exists()
        clock, url = SystemClock(), f"sqlite:///{path}"
        database = Database(url)
        if is_new:
            _fill(database, options.places, options.days, Path(held))
        with open_house(Hub(Settings(url, "http://127.0.0.1"), database, clock)) as house:
            gc.freeze()  # as `kiosk hub serve` does
            _measure(database, house.person("owner"))
        database.close()


def _fill(database: Database, places: int, days: int, folder: Path) -> None:
    random, today = Random(1), datetime.now().astimezone().date()
    _, document = survey(folder)
    told = json.dumps(document, ensure_ascii=False)
    devices = [(UUID(int=random.getrandbits(128)), random.uniform(0.55, 0.9)) for _ in range(places)]
    ids = [device for device, _ in devices]
    tables: dict[Table, Iterator[dict[str, Any]]] = {
        LOCATION: (_place(number, device) for number, device in enumerate(ids)),
        DEVICE: (
            {"id": each, "location_id": each, "name": "Kassa 1", "public_key": "k", "enrolled_ms": 0} for each in ids
        ),
        SURVEY: ({"device_id": each, "revision": "r", "received_ms": 1, "document": told} for each in ids),
        DEVICE_STATE: (_state(each) for each in ids),
        DAY_COUNT: _counts(devices, [today - timedelta(days=back) for back in range(days - 1, -1, -1)], random),
    }
    for table, rows in tables.items():
        while some := [row for _, row in zip(range(_HELD), rows, strict=False)]:
            database.write(partial(_insert, table, some))


def _insert(table: Table, rows: list[dict[str, Any]], connection: Connection) -> None:
    connection.execute(insert(table), rows)


def _place(number: int, device: UUID) -> dict[str, Any]:
    name = f"Toimipiste {number:05}"
    return {"id": device, "name": name, "timezone": "Europe/Helsinki", "day_ends_at": time_of_day(4), "made_ms": 0}


def _state(device: UUID) -> dict[str, Any]:
    report = json.dumps({"version": "0.1.0", "waiting": 0, "clock_state": "synced", "config": {"state": "own"}})
    facts = {"seen_ms": time.time_ns() // 1_000_000, "highest_seq": 1, "offset_ms": 0, "rejected": 0}
    return {"device_id": device, **facts, "boot_id": "b", "report": report}


def _counts(devices: list[tuple[UUID, float]], days: list[date], random: Random) -> Iterator[dict[str, Any]]:
    nothing = {f"v{value}": 0 for value in range(11)} | {"flagged": 0, "superseded": 0}
    for day in days:
        for device, mood in devices:
            n = random.randint(_ANSWERS_A_DAY - 9, _ANSWERS_A_DAY + 9)
            best = round(n * mood * random.uniform(0.7, 0.9))
            faces = {"v5": best, "v4": (n - best) // 2, "v2": n - best - (n - best) // 2}
            yield {
                **nothing,
                **faces,
                "n": n,
                "device_id": device,
                "question": "visit",
                "kind": "smiley",
                "points": 5,
                "day": day,
            }
            yield {
                **nothing,
                "n": n // 3,
                "device_id": device,
                "question": "why",
                "kind": "choice",
                "points": 0,
                "day": day,
            }


def _measure(database: Database, owner: Visitor) -> None:
    with database.read() as connection:
        answers, rows = connection.execute(
            select(func.sum(DAY_COUNT.c.n), func.count()).where(DAY_COUNT.c.kind == "smiley")
        ).one()
        places = connection.execute(select(func.count()).select_from(LOCATION)).scalar_one()
    print(f"{places} places, {answers} answers of the main question in {rows} rollup rows")  # noqa: T201
    _asked(owner, days="28")
    today = datetime.now().astimezone().date()
    cold = [_asked(owner, days="own", **_span(today - timedelta(days=back))) for back in range(1, _ROUNDS + 1)]
    warm = [_asked(owner, days="28") for _ in range(_ROUNDS)]
    for name, times in (("28 days, never worked out before", cold), ("28 days, remembered", warm)):
        print(f"{name}: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms of {len(times)}")  # noqa: T201


def _span(last: date) -> dict[str, str]:
    return {"from": (last - timedelta(days=27)).isoformat(), "to": last.isoformat()}


def _asked(owner: Visitor, **query: str) -> float:
    begin = time.perf_counter()
    answer = owner.get("/", **query)
    took = 1000 * (time.perf_counter() - begin)
    assert answer.status == 200
    assert "Toimipiste 0" in answer.text
    return took
