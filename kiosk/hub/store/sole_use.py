"""One file, one hub: the right to serve a hub's file, or to move it away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import StoreInUse
from kiosk.store.lock import Lock


@contextmanager
def sole_use(path: Path) -> Iterator[None]:
    """Keep every other hub, and every move, from a hub's file until the block or the process ends.

    The other commands do without: what they write counts at once. Raises StoreInUse, and StoreError where the lock
    cannot be made beside the file.
    """
    try:
        lock = Lock.take(path)
    except StoreInUse as error:
        raise StoreInUse(f"A hub that runs uses {path}.", "Stop that hub first, or name another --database.") from error
    try:
        yield
    finally:
        lock.release()
