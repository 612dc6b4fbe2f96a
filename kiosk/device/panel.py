"""The panel that the kiosk will fill: its pixels, and letters of the right size for it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

MM_PER_INCH = 25.4
_CELL_MM = 1.95
"""A cell this wide makes 80 x 24 of the 7-inch panel: read from where one stands to tap."""
_USUAL_CELL_PX = 10
_MOST_COLUMNS = 160
"""Large panels are looked at from further away, so their cells grow."""
_LEAST_CELL_PX = 6
_ADVANCE = 0.602
"""Width of a letter of DejaVu Sans Mono, as a share of its size."""
_SYSTEM_DISPLAYS = Path("/sys/class/drm")


@dataclass(frozen=True, slots=True)
class Panel:
    """Pixels of a panel as it stands."""

    width_px: int
    height_px: int

    def cell_px(self, diagonal_inches: float | None) -> int:
        """Give the width of a cell that suits the panel; a cell is twice as high."""
        columns = self.width_px / _USUAL_CELL_PX
        if diagonal_inches is not None:
            width_mm = diagonal_inches * MM_PER_INCH * self.width_px / math.hypot(self.width_px, self.height_px)
            columns = math.ceil(width_mm / _CELL_MM)
        return max(int(self.width_px / min(columns, _MOST_COLUMNS)), _LEAST_CELL_PX)


def font_px(cell_px: int) -> int:
    """Give the size of the letters that fill a cell."""
    return int(cell_px / _ADVANCE)


def read_panel(text: str) -> Panel | None:
    """Read `800x480`; None when it is nothing like it."""
    found = re.fullmatch(r"([1-9]\d{2,4})x([1-9]\d{2,4})", text.strip())
    return Panel(int(found[1]), int(found[2])) if found else None


def connected_panel(displays: Path = _SYSTEM_DISPLAYS) -> Panel | None:
    """Ask the kernel for the pixels of the first connected display; None when it knows of none."""
    for status in sorted(displays.glob("card*-*/status")):
        if _first_line(status) == "connected" and (panel := read_panel(_first_line(status.with_name("modes")))):
            return panel
    return None


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").partition("\n")[0]
    except OSError:
        return ""
