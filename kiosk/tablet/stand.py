"""What the server knows of each kiosk that it shows on a tablet."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""Names that need no escaping in an address, a file's name or a page."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The shop's theme as the page needs it, each as `#rrggbb`."""

    page: str
    ink: str
    soft: str
    accent: str


@dataclass(frozen=True, slots=True)
class Stand:
    """One named kiosk. Whichever tablet opens its address shows it; one at a time."""

    name: str
    """Its part of the address, `/k/NAME`."""
    title: str
    """What people call it."""
    languages: tuple[str, ...]
    colours: Colours
    command: tuple[str, ...]
    """Starts its screen; columns and rows are added."""
