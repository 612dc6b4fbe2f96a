"""A hub whose passwords are quickly reckoned."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import uvicorn

from kiosk.hub.access import passwords
from kiosk.hub.access.patience import PatientProtocol
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.settings import Settings
from kiosk.hub.store.database import Database
from tests.conftest import WoundClock
from tests.hub.access.browser import PROBES, running

HERE = "http://127.0.0.1:8770"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Reckon passwords as cheaply as Argon2id lets us; one test holds the real cost."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)
    monkeypatch.setattr(passwords, "PASSES", 1)
    _forget()
    yield
    _forget()


@pytest.fixture
def hub(database: Database, clock: WoundClock) -> Hub:
    """Give a hub that nobody has set up."""
    return Hub(Settings("sqlite://", HERE), database, clock)


def _forget() -> None:
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()


@pytest.fixture
def address(hub: Hub) -> Iterator[str]:
    """Serve the hub as `kiosk hub serve` does and give its address."""
    app = create_app(hub)
    app.include_router(PROBES)
    config = uvicorn.Config(
        app, port=0, log_level="critical", lifespan="off", http=PatientProtocol, server_header=False
    )
    with running(config) as url:
        yield url
