"""What a running kiosk has to do with its hub: it sends what is stored, and tries what the hub wants it to be like."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.sync.rounds import Rounds
from kiosk.ui.keeper import in_thread
from kiosk.ui.renewal import Renewal

if TYPE_CHECKING:
    from kiosk.store.store import Store
    from kiosk.sync.configuration import HubConfiguration

_STOP_SECONDS = 5.0
"""How long what is on its way may take before the sending begins anew."""


class Liaison:
    """Begins once the store is open."""

    def __init__(self, database: Path, clock: Clock) -> None:
        """Stand by."""
        self._database, self._clock = database, clock
        self._store: Store | None = None
        self._from_hub: HubConfiguration | None = None
        self._rounds: Rounds | None = None
        self._restarting: asyncio.Task[None] | None = None
        self.renewal: Renewal | None = None

    def begin(self, config: Config, store: Store) -> None:
        """Send what `store` keeps, as a configuration says."""
        from kiosk.sync.configuration import HubConfiguration  # after the first frame

        self._store = store
        self._from_hub = HubConfiguration(config.source, self._database.absolute().parent, self._clock)
        self.renewal = Renewal(self._from_hub)
        self._send(config)

    def change_to(self, config: Config) -> None:
        """Go on as a configuration says, once what is on its way has ended; the hub hears of it at once."""
        if self._rounds is not None:
            self._restarting = asyncio.ensure_future(self._send_anew(self._rounds, config))

    def end(self) -> None:
        """Send no more."""
        if self._restarting is not None:
            self._restarting.cancel()
        if self._rounds is not None:
            self._rounds.stop()

    async def _send_anew(self, before: Rounds, config: Config) -> None:
        await in_thread(before.stop, _STOP_SECONDS)
        self._send(config)

    def _send(self, config: Config) -> None:
        if self._store is not None and self._from_hub is not None:
            self._rounds = Rounds(config, self._database, self._clock, self._store, self._from_hub)
            self._rounds.start()
