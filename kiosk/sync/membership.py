"""The hub that this kiosk is enrolled at, as it is now: it may be let in, or get another token, while it runs."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.clock import Clock
from kiosk.errors import KioskError
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import IdentityUnusable, Membership, membership_in
from kiosk.sync.rotation import change_token, is_due, use_next_token
from kiosk.sync.trust import learn_keys

if TYPE_CHECKING:
    from httpx2 import BaseTransport

_log = logging.getLogger(__name__)


class Enrolled:
    """Reads the kiosk's membership, and keeps its token and the hub's keys fresh. Used by one thread."""

    def __init__(
        self,
        folder: Path,
        device_id: UUID,
        clock: Clock,
        configured: str | None,
        transport: BaseTransport | None = None,
    ) -> None:
        """Read from a folder for a device; `configured` is the only hub that kiosk.toml allows, if it names one."""
        self._folder, self._device_id, self._clock = folder, device_id, clock
        self._configured, self._transport = configured, transport

    def current(self) -> Membership | None:
        """Give the membership; None without one, and where kiosk.toml names another hub."""
        try:
            membership = membership_in(self._folder, self._device_id)
        except IdentityUnusable as error:
            _log.warning("%s", error.message)
            return None
        if membership and self._configured and membership.url != self._configured:
            _log.info("enrolled at %s, while kiosk.toml names %s", membership.url, self._configured)
            return None
        return membership

    def refresh_token(self, membership: Membership) -> None:
        """Change the token when it is time to. What goes wrong is tried again the next time."""
        now = self._clock.now()
        if not is_due(membership, now):
            return
        try:
            change_token(self._folder, self._device_id, HubClient(membership.url, self._transport), now)
        except KioskError as error:
            _log.warning("token not changed: %s", error.message)

    def learn_keys(self, membership: Membership, wanted: str) -> Membership:
        """Trust the keys that the hub calls `wanted`; give the membership as it is then. What fails is tried again."""
        client = HubClient(membership.url, self._transport)
        try:
            return learn_keys(self._folder, self._device_id, membership, wanted, client)
        except KioskError as error:
            _log.warning("keys not learnt: %s", error.message)
            return membership

    def use_next_token(self) -> bool:
        """Use the token that the hub was told of, where it does not know the old one; tell whether there is one."""
        membership = self.current()
        if membership is None or membership.next_token is None:
            return False
        try:
            use_next_token(self._folder, self._device_id, membership, self._clock.now())
        except IdentityUnusable as error:
            _log.warning("%s", error.message)
            return False
        return True
