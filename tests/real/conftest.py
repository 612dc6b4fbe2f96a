"""A kiosk on a terminal, and a skip with its reason where the machine cannot hold one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kiosk.device.disk import filesystem_of
from tests.conftest import SHIPPED
from tests.real.terminal import PtyKiosk

Start = Callable[..., PtyKiosk]
"""Takes what `PtyKiosk` takes, and `config`."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give the place of a database that is not there yet."""
    disk = filesystem_of(tmp_path)
    if not disk.durable:
        pytest.skip(f"the kiosk takes no answers here: {disk.why}; TMPDIR can name another folder")
    return tmp_path / "kiosk.db"


@pytest.fixture
def start(tmp_path: Path, database: Path) -> Iterator[Start]:
    """Give a function that starts `kiosk run` on a bare pseudo-terminal; none outlives the test."""
    if shutil.which("setsid") is None:
        pytest.skip("setsid is not installed")
    with ExitStack() as stack:

        def begin(config: Path = SHIPPED, **options: Any) -> PtyKiosk:
            command = ("run", "--config", config, "--database", database)
            return stack.enter_context(PtyKiosk(*command, folder=tmp_path, **options))

        yield begin


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep real terminals and disks in one worker: they wait for a real clock, and crowd each other out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("real"))
