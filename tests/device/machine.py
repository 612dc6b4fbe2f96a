"""A machine to make a kiosk of, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kiosk.device.foot import USUAL
from kiosk.device.install import Machine

_USUAL: dict[str, Any] = {
    "command": Path("/opt/kiosk/.venv/bin/kiosk"),
    "config": Path("/etc/kiosk/kiosk.toml"),
    "database": Path("/var/lib/kiosk/kiosk.db"),
    "user": "kiosk",
    "foot": USUAL,
    "cell_px": 10,
    "page": "#faf6ee",
}


def machine(**differences: Any) -> Machine:
    """Give a Raspberry Pi with the 7-inch panel, but for what is named."""
    return Machine(**{**_USUAL, **differences})
