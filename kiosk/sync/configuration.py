"""The configuration that the hub offers: fetched and checked beside the screen, tried between two visitors.

    offered -> fetched -> signed? meant for us? newer? -> fits on kiosk.toml? -> on trial -> shown -> good
                                   |                                |                          |
                                   +--- left alone                  +--- failed                +--- failed

The one that did good last is kept through all of this. Methods may be called from any thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from threading import Lock

from kiosk.clock import Clock
from kiosk.config import Config, load_config
from kiosk.config.kept import FILE_NAME, FORM, FromHub, Kept, read_kept
from kiosk.device.secret import write_secret
from kiosk.errors import ConfigError, HubUnreachable, KioskError
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import Membership
from kiosk.wire.config_offer import etag_of, read_signed
from kiosk.wire.jws import NotSigned
from kiosk.wire.report import ConfigState

_LONGEST_DETAIL = 400

_log = logging.getLogger(__name__)

Clients = Callable[[str], HubClient]


@dataclass(frozen=True, slots=True)
class _Failure:
    etag: str
    detail: str


class HubConfiguration:
    """Looks after what the hub gave this kiosk to lay over its own file."""

    def __init__(self, own: Path, folder: Path, clock: Clock, client: Clients = HubClient) -> None:
        """Lay over the kiosk.toml at `own`, and keep it in `folder`."""
        self._own, self._folder, self._clock, self._client = own, folder, clock, client
        self._turn = Lock()
        self._kept = read_kept(folder)
        self._failure: _Failure | None = None
        self._passed_over = ""
        """The last one that was left alone, as it was older than the one that is kept."""
        if self._kept.trial and self._kept.is_begun:
            self._failure = _Failure(self._kept.trial.etag, "the kiosk ended while it tried this configuration")

    @property
    def state(self) -> ConfigState:
        """Tell what became of the configuration that was offered last."""
        if failure := self._failure:
            return ConfigState(etag=failure.etag, state="failed", detail=failure.detail[:_LONGEST_DETAIL])
        good = self._kept.good
        if good and good.etag:
            return ConfigState(etag=good.etag, state="applied")
        return ConfigState(etag="", state="own")

    @property
    def is_ready(self) -> bool:
        """Tell whether there is one to try, between two visitors."""
        return self._kept.trial is not None and not self._kept.is_begun

    def heed(self, membership: Membership, etag: str) -> None:
        """Fetch what the hub says that this kiosk should have, unless that was looked at before.

        What goes wrong on the way is tried again the next time. Raises nothing.
        """
        try:
            if not etag:
                self._leave_other_location(membership)
            if not etag or etag in self._known():
                return
            content = self._fetch(membership)
            if content is not None:
                self._consider(content, membership)
        except KioskError as error:
            _log.info("configuration not fetched: %s", error.message)
        except OSError as error:
            _log.warning("configuration not kept: %s", error.strerror)

    def begin(self) -> Config:
        """Begin the trial, and give what is to be shown. Raises ConfigError, OSError."""
        with self._turn:
            trial = self._kept.trial
            if trial is None:
                raise ValueError("there is nothing to try")
            config = load_config(self._own, from_hub=trial.text)
            self._keep(replace(self._kept, is_begun=True))
            return config

    def confirm(self) -> None:
        """Keep the one on trial as good: a question was shown with it. Raises OSError."""
        with self._turn:
            self._keep(Kept(good=self._kept.trial or self._kept.good))
            self._failure = None

    def fail(self, detail: str) -> None:
        """Give the one on trial up."""
        with self._turn:
            if trial := self._kept.trial:
                self._failure = _Failure(trial.etag, detail)
                _log.warning("revision %d of the hub's configuration failed: %s", trial.revision, detail)
                self._kept = Kept(good=self._kept.good)

    def _known(self) -> set[str]:
        known = {each.etag for each in (self._kept.good, self._kept.trial, self._failure) if each}
        return known | {self._passed_over}

    def _leave_other_location(self, membership: Membership) -> None:
        """Go back to the kiosk's own file, where the kiosk has moved to a location without a configuration."""
        good = self._kept.good
        if good and good.audience != membership.location_id:
            self._put_on_trial(FromHub(membership.location_id, 0, "", ""))

    def _fetch(self, membership: Membership) -> str | None:
        """Ask for the configuration; None where there is none for this kiosk. Raises HubUnreachable, HubRefused."""
        hub = self._client(membership.url)
        reply = hub.ask("GET", "/v1/config", {"accept": "application/jose"}, token=membership.token)
        if reply.status == HTTPStatus.OK:
            return reply.body.decode("ascii", "replace")
        if reply.status in (HTTPStatus.NOT_MODIFIED, HTTPStatus.NOT_FOUND):
            return None
        raise hub.refusal(reply)

    def _consider(self, content: str, membership: Membership) -> None:
        """Put a configuration on trial if it is the hub's, for this location, newer, and fits."""
        etag = etag_of(content)
        try:
            offer = read_signed(content, membership.hub_keys)
        except NotSigned as error:
            raise HubUnreachable(f"What {membership.url} offers is no configuration: {error}.") from error
        new = FromHub(offer.audience, offer.revision, etag, offer.text)
        if new.audience != membership.location_id:
            self._failure = _Failure(etag, "it is signed for another location")
        elif not self._is_newer(new):
            self._passed_over = etag
        elif self._may_begin(offer.not_before_ms):
            self._put_on_trial(new)

    def _is_newer(self, new: FromHub) -> bool:
        good = self._kept.good
        return good is None or good.audience != new.audience or new.revision > good.revision

    def _may_begin(self, not_before_ms: int) -> bool:
        now = self._clock.now()
        return now.state == "unsynced" or now.at_ms >= not_before_ms

    def _put_on_trial(self, new: FromHub) -> None:
        try:
            load_config(self._own, with_files=True, from_hub=new.text)
        except ConfigError as error:
            self._failure = _Failure(new.etag, str(error.problems[0]))
            return
        with self._turn:
            self._failure = None
            self._keep(Kept(self._kept.good, trial=new))

    def _keep(self, kept: Kept) -> None:
        write_secret(self._folder / FILE_NAME, FORM.dump_json(kept, indent=2).decode() + "\n")
        self._kept = kept
