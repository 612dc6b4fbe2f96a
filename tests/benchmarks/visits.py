"""What one visit sends to the terminal: the bytes from the tap to the question's return."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.kiosk_side import KioskSide
from tests.benchmarks.side import FACES, LOOK_SECONDS
from tests.benchmarks.terminal import Cell

MANNERS: Mapping[str, Cell | None] = {"half blocks": None, "sixels": (10, 20)}
"""How the terminal shows pictures: in cells, or in pixels of which a cell of the 7-inch panel has so many."""

_READY_SECONDS = 3.0
"""After which a started kiosk has opened its database and drawn its pixels."""


def measure_visits(folder: Path) -> dict[str, list[int]]:
    """Serve a customer for each face in each manner; gives bytes. Takes a minute and a half, mostly of thanks."""
    return {manner: _visits(KioskSide(folder / manner.replace(" ", "-"), cell)) for manner, cell in MANNERS.items()}


def _visits(kiosk: KioskSide) -> list[int]:
    kiosk.start()
    try:
        kiosk.rest(_READY_SECONDS)
        return [_visit(kiosk, face) for face in range(FACES)]
    finally:
        kiosk.stop()


def _visit(kiosk: KioskSide, face: int) -> int:
    kiosk.rest(LOOK_SECONDS)
    return kiosk.visit(face)
