"""What people type to say who they are."""

from __future__ import annotations

from kiosk.errors import UsageError
from kiosk.text import clean
from kiosk.words import N_

LONGEST_NAME = 80


class NoName(UsageError):
    """Nothing is left of the name that was typed."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(N_("Please enter a name."))


def meant(typed: str) -> str:
    """Give the name that is meant: `Anna@Shop.example ` and `anna@shop.example` are one person."""
    return clean(clean(typed, LONGEST_NAME).lower(), LONGEST_NAME)


def name_of(typed: str) -> str:
    """Give the name that somebody is to have. Raises NoName."""
    if name := meant(typed):
        return name
    raise NoName
