"""Sending beside the screen: a thread for each destination, so that none waits for another."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.errors import KioskError
from kiosk.sync.identity import has_identity

if TYPE_CHECKING:
    from kiosk.store.store import Store
    from kiosk.sync.configuration import HubConfiguration
    from kiosk.sync.courier import Step
    from kiosk.sync.lines import Line, Office

_BREATH_SECONDS = 0.03
"""A pause every few milliseconds of work, so that a tap at the counter is as fast as ever."""
_SWITCH_SECONDS = 0.001
"""How long the screen's thread waits for another one at the most; Python's usual time is five times that."""
_SHORTEST_WAIT_SECONDS = 0.05
"""Between two batches."""
_LOOK_SECONDS = 5.0
"""How often it is looked whether much is waiting."""
_AFTER_ERROR_SECONDS = 60.0

_log = logging.getLogger(__name__)


class Rounds:
    """Sends for as long as the kiosk runs. Nothing in here touches the screen's thread."""

    def __init__(self, config: Config, database: Path, clock: Clock, store: Store, from_hub: HubConfiguration) -> None:
        """Be ready to send what `store` keeps; `from_hub` hears which configuration the hub offers."""
        self._config, self._database, self._clock, self._store = config, database, clock, store
        self._from_hub = from_hub
        self._ending = Event()
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Begin; all that takes long happens in threads."""
        opening = Thread(target=self._open, name="kiosk-sync", daemon=True)
        self._threads.append(opening)
        opening.start()

    def stop(self, seconds: float = 0.5) -> None:
        """End, waiting so long for what is under way. What is cut off goes out again the next time."""
        self._ending.set()
        for thread in list(self._threads):
            thread.join(seconds / len(self._threads))

    def _open(self) -> None:
        """Start a thread for each destination; the first is served by this one."""
        while not self._config.webhook and not has_identity(self._database.absolute().parent):
            if self._ending.wait(_LOOK_SECONDS):
                return
        sys.setswitchinterval(_SWITCH_SECONDS)
        from kiosk.store.reader import Reader
        from kiosk.sync.lines import Office, lines_of  # with the HTTP client

        try:
            reader = Reader(self._database)
            breathe = partial(self._ending.wait, _BREATH_SECONDS)
            parts = self._config, self._database, self._clock, self._store, reader, self._from_hub
            office = Office(*parts, breathe=breathe)
        except KioskError as error:
            _log.warning("nothing is sent: %s", error.message)
            return
        first, *others = lines_of(self._config)
        for make in others:
            thread = Thread(target=self._serve, args=(make, office), name="kiosk-sync", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._serve(first, office)

    def _serve(self, make: Callable[[Office], Line], office: Office) -> None:
        """Serve a destination to the end; whatever goes wrong, the thread lives and the screen stays clean."""
        line: Line | None = None
        while not self._ending.is_set():
            try:
                line = line or make(office)
                self._wait(line.step(), line)
            except KioskError as error:
                _log.warning("not sent: %s", error.message)
                self._ending.wait(_AFTER_ERROR_SECONDS)
            except Exception:  # noqa: BLE001 - as this method promises
                _log.exception("not sent: an unexpected error")
                self._ending.wait(_AFTER_ERROR_SECONDS)
        if line:
            line.close()

    def _wait(self, step: Step, line: Line) -> None:
        """Wait until the next step is due, or until much is waiting."""
        if not step.is_done or step.trouble:
            self._ending.wait(max(step.wait_s, _SHORTEST_WAIT_SECONDS))
            return
        until = self._clock.seconds() + step.wait_s
        while (left := until - self._clock.seconds()) > 0:
            if self._ending.wait(min(left, _LOOK_SECONDS)) or line.has_many_waiting():
                return
