"""A browser from which somebody has signed in before: what it tries is counted by itself.

A stranger behind the same router, whose attempts count against the address, so cannot keep it out. Its mark opens
nothing: the password is asked for as ever, and who steals the mark may guess as often as before.
"""

from __future__ import annotations

from kiosk.hub.access.seals import is_same, new_secret, seal
from kiosk.hub.hub import Hub

_PURPOSE = "known browser"


def new_mark(hub: Hub, name: str) -> str:
    """Give what a browser keeps from which the person of this name has just signed in."""
    number = new_secret()
    return f"{number}.{_seal(hub, name, number)}"


def number_of(hub: Hub, mark: str | None, name: str) -> str | None:
    """Give the number of a browser that brings the mark it got when this name signed in; None for any other."""
    number, _, given = (mark or "").partition(".")
    return number if is_same(given, _seal(hub, name, number)) else None


def _seal(hub: Hub, name: str, number: str) -> str:
    return seal(hub.database.identity.signing_key.encode(), _PURPOSE, name, number)
