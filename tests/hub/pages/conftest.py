"""A hub with a small chain, served for as long as a file of tests takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.hub.hub import Hub
from kiosk.hub.settings import Settings
from kiosk.hub.store.database import Database
from kiosk.hub.store.locations import Location
from tests.conftest import WoundClock
from tests.hub.pages.chain import FEW, Builder
from tests.hub.pages.visiting import House, open_house

EVENING_MS = 1_795_341_600_000 + 7 * 3_600_000
"""Sunday 22 November 2026, 19:00 in Helsinki: the day has its answers."""


@dataclass(frozen=True)
class Chain:
    """A served hub with the places of `FEW`."""

    house: House
    builder: Builder
    clock: WoundClock
    places: dict[str, Location]

    @property
    def kamppi(self) -> Location:
        """The place that does well."""
        return self.places["Kampin lounaskahvila"]

    @property
    def turku(self) -> Location:
        """The place that does badly."""
        return self.places["Turku Kauppatori"]

    @property
    def vaasa(self) -> Location:
        """The place whose kiosk has not sent anything."""
        return self.places["Vaasa Rewell"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a hub that knows no place yet."""
    with _served(tmp_path_factory.mktemp("empty"), WoundClock(EVENING_MS)) as (house, _):
        yield house


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """Serve a hub with a small chain; tests share it, and change nothing that others look at."""
    folder, clock = tmp_path_factory.mktemp("chain"), WoundClock(EVENING_MS)
    with _served(folder, clock) as (house, database):
        builder = Builder(database, clock, folder)
        house.person("owner")
        yield Chain(house, builder, clock, builder.build(FEW))


@contextmanager
def _served(folder: Path, clock: WoundClock) -> Iterator[tuple[House, Database]]:
    url = f"sqlite:///{folder / 'hub.db'}"
    database = Database(url, clock)
    with open_house(Hub(Settings(url, "http://127.0.0.1"), database, clock)) as house:
        yield house, database
    database.close()
