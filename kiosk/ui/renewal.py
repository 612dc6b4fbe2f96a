"""A configuration from the hub takes the place of the one before between two visitors, and goes back if it fails."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.config import Config
from kiosk.errors import ConfigError
from kiosk.ui.keeper import in_thread
from kiosk.ui.view import View

if TYPE_CHECKING:
    from kiosk.sync.configuration import HubConfiguration

QUIET_SECONDS = 10.0
"""How long nobody has touched the question before it changes."""
TRIAL_SECONDS = 3.0
"""How long the question has to stand with a new configuration before that is called good."""

_log = logging.getLogger(__name__)


class Furnished(Protocol):
    """What can be changed; `KioskApp` is one."""

    @property
    def config(self) -> Config:
        """Give the configuration that is served by."""

    def change_to(self, config: Config) -> None:
        """Serve by another one."""

    def tell_hub(self) -> None:
        """Say at once what became of it."""

    def run_worker(self, work: Any) -> Any:
        """Do work beside the screen."""


class Renewal:
    """Tries what the hub gave, once nobody stands at the question."""

    def __init__(self, from_hub: HubConfiguration) -> None:
        """Try what `from_hub` has ready."""
        self._from_hub = from_hub
        self._before: Config | None = None
        """What is gone back to while a trial is on."""

    @property
    def is_due(self) -> bool:
        """Tell whether there is something to try."""
        return self._before is None and self._from_hub.is_ready

    def has_turn(self, view: View[Any], now: float) -> bool:
        """Tell whether the question may change now: there is something to try, and nobody stands there."""
        return self.is_due and not view.is_begun and now - view.active_at >= QUIET_SECONDS

    async def begin(self, kiosk: Furnished) -> None:
        """Begin the trial. What it raises is for `give_up`."""
        try:
            config = await in_thread(self._from_hub.begin)
        except (ConfigError, OSError) as error:
            self._from_hub.fail(str(error))
            kiosk.tell_hub()
            return
        self._before = kiosk.config
        kiosk.change_to(config)

    def tick(self, kiosk: Furnished, view: View[Any], now: float) -> None:
        """End the trial well when the question has stood for a while."""
        if self._before is not None and now - view.appeared_at >= TRIAL_SECONDS:
            self._before = None
            kiosk.run_worker(self._confirm(kiosk))

    async def _confirm(self, kiosk: Furnished) -> None:
        try:
            await in_thread(self._from_hub.confirm)
        except OSError as error:
            _log.warning("configuration not kept: %s", error.strerror)
        kiosk.tell_hub()

    def give_up(self, kiosk: Furnished, error: Exception) -> None:
        """End a trial that is on badly, and go back to what was before."""
        if self._before is None:
            return
        before, self._before = self._before, None
        kiosk.change_to(before)
        self._from_hub.fail(f"{type(error).__name__}: {error}")
        kiosk.tell_hub()
