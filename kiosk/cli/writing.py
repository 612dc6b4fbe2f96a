"""Opening the database for the commands that write to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import Refused, StoreInUse

if TYPE_CHECKING:
    from kiosk.store.store import Store


@contextmanager
def writing(database: Path, instead: str) -> Iterator[Store]:
    """Open the database as it is; while a kiosk runs raises Refused, whose hint `instead` says what to do then."""
    from kiosk.clock import SystemClock
    from kiosk.store.store import Store  # half a second of database library

    try:
        store = Store.open(database, SystemClock(), as_it_is=True)
    except StoreInUse as error:
        raise Refused("The kiosk is running, and only it may write to its database.", instead) from error
    with store:
        yield store
