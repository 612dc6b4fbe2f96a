from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config import load_config
from kiosk.errors import ConfigError, Problem

Examine = Callable[[str], tuple[Problem, ...]]


@pytest.fixture
def examine(tmp_path: Path) -> Examine:
    """Give the function that writes a kiosk.toml and tells its problems."""

    def problems_of(content: str) -> tuple[Problem, ...]:
        path = tmp_path / "kiosk.toml"
        path.write_text(content, encoding="utf-8")
        try:
            return load_config(path).warnings
        except ConfigError as error:
            return error.problems

    return problems_of
