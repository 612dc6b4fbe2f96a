"""A hub at a port, and kiosks that were let in and send to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from kiosk.hub.api.devices import token_hash
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.dialects import insert
from kiosk.hub.store.tables.fleet import DEVICE_TOKEN
from kiosk.wire.base import BATCH_TYPE
from tests.conftest import WoundClock
from tests.hub.api.counter import Counter
from tests.hub.fleet import Fleet, hub_on, served
from tests.hub.store.kiosks import NOON_MS, Maker, let_in
from tests.patience import PATIENCE_SECONDS

TOKEN = "t" * 43


@pytest.fixture
def device(database: Database) -> Device:
    device = let_in(database)
    row = {"device_id": device.id, "hash": token_hash(TOKEN), "issued_ms": NOON_MS}
    database.write(lambda connection: connection.execute(insert(connection, DEVICE_TOKEN), row))
    return device


@pytest.fixture
def make(device: Device) -> Maker:
    return Maker(device.id)


@pytest.fixture
def hub(database: Database, clock: WoundClock) -> Hub:
    return hub_on(database, clock)


@pytest.fixture
def kiosk(hub: Hub, device: Device) -> Iterator[httpx2.Client]:
    """Give a client that sends as the device."""
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": BATCH_TYPE}
    with (
        served(create_app(hub)) as url,
        httpx2.Client(base_url=url, headers=headers, timeout=PATIENCE_SECONDS) as client,
    ):
        yield client


@pytest.fixture
def fleet(hub: Hub, clock: WoundClock, tmp_path: Path) -> Iterator[Fleet]:
    """Give a hub to which a test lets kiosks in."""
    with served(create_app(hub)) as url:
        yield Fleet(url, hub.database, clock, tmp_path)


@pytest.fixture
def counter(fleet: Fleet) -> Iterator[Counter]:
    counter = Counter(fleet, "Kassa 1")
    yield counter
    counter.close()
