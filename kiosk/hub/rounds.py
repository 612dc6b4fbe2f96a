"""Work that a hub does beside its requests, again and again."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread


class Rounds:
    """Does one kind of work in a thread of its own. Several hubs on one database do no harm to each other."""

    def __init__(self, name: str, work: Callable[[], float]) -> None:
        """Be ready; `start` begins. `work` gives the seconds until the next time."""
        self._work = work
        self._over = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Do it now, and from now on."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._work()):
            pass
