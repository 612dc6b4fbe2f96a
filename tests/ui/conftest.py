"""The counter to stand before, with the shipped kiosk.toml or any other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import Config
from kiosk.device.pin import PinVault
from tests.conftest import WoundClock
from tests.ui.driver import PIN, Before, Driver, standing_before


@pytest.fixture
def before(shipped: Config, clock: WoundClock, tmp_path: Path) -> Before:
    """Give a function that starts a kiosk: the shipped one at 80x24, unless told otherwise."""

    def stand(config: Config = shipped, **options: Any) -> AbstractAsyncContextManager[Driver]:
        return standing_before(config, clock, tmp_path, **options)

    return stand


@pytest.fixture
def pin(tmp_path: Path, clock: WoundClock) -> str:
    """Set a PIN, as the installer does."""
    PinVault(tmp_path, clock).set(PIN)
    return PIN


@pytest.fixture
def survey(configured: Callable[[str], Config]) -> Callable[..., Config]:
    """Give a function that makes a config of one first question, with more sections where they matter."""

    def make(
        question: str = "", more: str = "", languages: str = '["en"]', kiosk: str = "", text: str = "How was it?"
    ) -> Config:
        first = f'[[question]]\nid = "first"\ntext = "{text}"\n{question}\n'
        return configured(f"[kiosk]\nlanguages = {languages}\n{kiosk}\n{first}\n{more}\n")

    return make
