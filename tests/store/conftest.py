"""Records made by the hand-wound clock, and a database in a folder of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.answer import Answer, Visit
from kiosk.clock import ClockState
from kiosk.store.store import Store
from tests.records import answer_at, visit_at

if TYPE_CHECKING:
    from tests.conftest import WoundClock


class Maker:
    """Makes records at the clock's time; any field can be given."""

    def __init__(self, clock: WoundClock) -> None:
        self._clock = clock

    def answer(self, **fields: Any) -> Answer:
        return answer_at(self._clock.now(), **fields)

    def visit(self, **fields: Any) -> Visit:
        return visit_at(self._clock.now(), **fields)


@pytest.fixture
def make(clock: WoundClock) -> Maker:
    return Maker(clock)


@pytest.fixture
def boot(clock: WoundClock) -> Callable[..., None]:
    """Set the clock to a moment of some boot."""

    def set_clock(boot_id: str, at_ms: int, boot_ms: int = 0, state: ClockState = "synced") -> None:
        clock.boot_id, clock.at_ms, clock.boot_ms, clock.state = boot_id, at_ms, boot_ms, state

    return set_clock


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "kiosk.db"


@pytest.fixture
def open_store(database: Path, clock: WoundClock) -> Iterator[Callable[[], Store]]:
    """Open the database as often as a test likes; what is open at its end is closed."""
    opened: list[Store] = []

    def opening() -> Store:
        opened.append(Store.open(database, clock))
        return opened[-1]

    yield opening
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def peek(database: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask the file itself, past all of the kiosk's code."""

    def ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    return ask
