"""Reading without the search for garbage that Python otherwise begins at every 700th new object."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 100_000
"""More than reading holds at a time, and so few that garbage, should there be any, would take some megabytes."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for garbage (objects that hold each other) only when 100,000 more were made than went away.

    Rows by the million leave none behind; looking through those in hand takes up to a quarter of an export.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
