"""A parcel to hand over, and whoever comes for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.handover.parcel import Parcel

CONTENT = b"id;value\r\n" + bytes(range(256)) * 40


@pytest.fixture
def parcel(tmp_path: Path) -> Iterator[Parcel]:
    """Give a small file that is ready to go."""
    with Parcel("kiosk-kassa-1-2026-11-22.csv", tmp_path) as made:
        made.file.write(CONTENT)
        yield made
