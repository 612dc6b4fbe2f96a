"""What every test may use: a clock wound by hand, the shipped kiosk.toml, and a home that is nobody's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kiosk.clock import ClockState, Moment
from kiosk.config import Config, load_config

settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")

SHIPPED = Path(__file__).parent.parent / "kiosk.toml"


class WoundClock:
    """A clock that stands still until a test winds it."""

    def __init__(self, at_ms: int = 1_795_341_600_000) -> None:
        """Start on Sunday 22 November 2026, 12:00 in Helsinki, ten minutes after boot."""
        self.at_ms = at_ms
        self.boot_ms = 600_000
        self.boot_id = "11111111-2222-4333-8444-555555555555"
        self.state: ClockState = "synced"

    def now(self) -> Moment:
        """Give the instant it stands at."""
        return Moment(self.at_ms, self.boot_id, self.boot_ms, self.state)

    def seconds(self) -> float:
        """Give the seconds since boot."""
        return self.boot_ms / 1000

    def wind(self, seconds: float) -> None:
        """Let time pass."""
        self.at_ms += round(seconds * 1000)
        self.boot_ms += round(seconds * 1000)


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own home and kiosk out of the tests."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    for name in ("KIOSK_CONFIG", "KIOSK_DATABASE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def lowered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keep the priority of the tests' own process; give by how much it would have been lowered."""
    steps: list[int] = []
    monkeypatch.setattr("os.nice", steps.append)
    return steps


@pytest.fixture
def clock() -> WoundClock:
    """Give a clock that stands at noon."""
    return WoundClock()


@pytest.fixture
def shipped() -> Config:
    """Give the kiosk.toml at the top of the repository."""
    return load_config(SHIPPED)


@pytest.fixture
def configured(tmp_path: Path) -> Callable[[str], Config]:
    """Give a function that loads a config from its text."""

    def load(text: str) -> Config:
        path = tmp_path / "kiosk.toml"
        path.write_text(text, encoding="utf-8")
        return load_config(path)

    return load
