"""What the doctor says about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "error"]
"""A warning lets the kiosk work; an error is an answer lost, or no kiosk at all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    id: str
    """What was looked at, the same in every version: `filesystem`, `pin`."""
    level: Level
    sentence: str
    hint: str = ""
    """What to do, where something is to be done."""
