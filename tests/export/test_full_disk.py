"""Files on a disk that is really full."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.config import Config
from kiosk.errors import FileNotWritten
from kiosk.export.answers import FORMATS
from kiosk.export.day import DayFiles
from tests.export.database import filled

pytestmark = pytest.mark.real

DAY = date(2026, 11, 22)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a file system with room for four kilobytes."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("file_format", (*FORMATS, "pdf"))
def test_a_full_disk_is_told_and_nothing_is_left_on_it(
    file_format: str, small_disk: Path, tmp_path: Path, shipped: Config
) -> None:
    database = filled(tmp_path / "kiosk.db", tuple(f"text {number}" for number in range(100)))
    before = database.read_bytes()
    with pytest.raises(FileNotWritten, match=f"The disk of {small_disk} is full"):
        DayFiles(database, shipped, DAY, "fi", 1_795_341_600_000).put_into(small_disk, file_format)
    assert list(small_disk.iterdir()) == []
    assert database.read_bytes() == before
