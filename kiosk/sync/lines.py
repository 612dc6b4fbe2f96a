"""A line of service for every destination: who is to be sent to now, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Protocol

from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.config.sending import Webhook
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.sync.configuration import HubConfiguration
from kiosk.sync.courier import STOPPED_SECONDS, Courier, Step
from kiosk.sync.destination import Destination
from kiosk.sync.hub import HubDestination
from kiosk.sync.identity import Membership, membership_in
from kiosk.sync.membership import Enrolled
from kiosk.sync.reporter import HubReporter
from kiosk.sync.sender import Sender
from kiosk.sync.state import KioskState
from kiosk.sync.trouble import Trouble
from kiosk.sync.webhook import WebhookDestination
from kiosk.wire.hub_keys import name_of

if TYPE_CHECKING:
    from httpx2 import BaseTransport

EARLY_RECORDS = 100
"""So many waiting records, fifty answers and the ends of their visits, do not wait for the usual time."""
_SOON_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Office:
    """What every line works with."""

    config: Config
    database: Path
    clock: Clock
    store: Store
    reader: Reader
    from_hub: HubConfiguration
    """Hears which configuration the hub offers."""
    transport: BaseTransport | None = None
    """For tests."""
    breathe: Callable[[], object] = lambda: None
    """Called every few milliseconds of work, for whoever else needs the processor."""

    def courier(self, webhook: Webhook) -> Courier:
        """Give the courier to a webhook."""
        destination = WebhookDestination(webhook, lambda: self.clock.now().at_ms)
        return self._courier(destination, None)

    def reporter(self) -> HubReporter:
        """Give who speaks with the hub for the kiosk."""
        state = KioskState(
            self.config, self.database, self.clock, self.reader, lambda: self.from_hub.state, self._hub_keys
        )
        return HubReporter(self.reader.device_id, self.clock, self.store, state.report, state.survey)

    def _hub_keys(self) -> str:
        membership = membership_in(self.database.absolute().parent, self.reader.device_id)
        return name_of(membership.hub_keys) if membership else ""

    def hub_courier(self, membership: Membership, enrolled: Enrolled, reporter: HubReporter) -> Courier:
        """Give the courier to the hub that the kiosk is a member of."""
        destination = HubDestination(membership.hub, enrolled.current, lambda: self.clock.now().at_ms)
        return self._courier(destination, reporter)

    def _courier(self, destination: Destination, reporter: HubReporter | None) -> Courier:
        sender, random = Sender(self.transport), SystemRandom()
        return Courier(destination, self.reader, self.store, sender, self.clock, random, reporter, self.breathe)


class Line(Protocol):
    """Serves one destination, step by step. Used by one thread."""

    name: str

    def step(self) -> Step:
        """Send what is next. Raises StoreError."""

    def has_many_waiting(self) -> bool:
        """Tell whether so much is waiting that it should go now. Raises StoreError."""

    def close(self) -> None:
        """Let go of the connection."""


class WebhookLine:
    """Serves a webhook of kiosk.toml."""

    def __init__(self, office: Office, webhook: Webhook) -> None:
        """Serve this one."""
        self.name = webhook.called
        self._office, self._courier = office, office.courier(webhook)

    def step(self) -> Step:
        """Send what is next. Raises StoreError."""
        return self._courier.step()

    def has_many_waiting(self) -> bool:
        """Tell whether so much is waiting that it should go now. Raises StoreError."""
        return _waiting(self._office.reader, self._courier) >= EARLY_RECORDS

    def close(self) -> None:
        """Let go of the connection."""
        self._courier.close()


class HubLine:
    """Serves whichever hub the kiosk is enrolled at, also one that it is enrolled at later."""

    name = "hub"

    def __init__(self, office: Office) -> None:
        """Serve the hub."""
        self._office = office
        self._enrolled = Enrolled(
            office.database.absolute().parent,
            office.reader.device_id,
            office.clock,
            office.config.sync.hub,
            office.transport,
        )
        self._served: tuple[Membership, Courier] | None = None
        self._reporter = office.reporter()

    def step(self) -> Step:
        """Send what is next, with a fresh token. Raises StoreError."""
        membership = self._enrolled.current()
        if membership is None:
            return Step(STOPPED_SECONDS, trouble=Trouble.NOT_ENROLLED, detail="no hub has let this kiosk in")
        self._enrolled.refresh_token(membership)
        courier = self._courier_to(membership)
        step = courier.step()
        if step.trouble is Trouble.UNAUTHORISED and self._enrolled.use_next_token():
            return courier.step()
        return self._heeded(step, membership) if step.trouble is None else step

    def _heeded(self, step: Step, membership: Membership) -> Step:
        """Look at the keys and the configuration that the hub wants; what does not fit it hears of soon."""
        membership = self._enrolled.learn_keys(membership, self._reporter.hub_keys)
        from_hub = self._office.from_hub
        before = from_hub.state
        from_hub.heed(membership, self._reporter.config_etag)
        return step if from_hub.state == before else replace(step, wait_s=_SOON_SECONDS)

    def has_many_waiting(self) -> bool:
        """Tell whether so much is waiting that it should go now. Raises StoreError."""
        return self._served is not None and _waiting(self._office.reader, self._served[1]) >= EARLY_RECORDS

    def close(self) -> None:
        """Let go of the connection."""
        if self._served is not None:
            self._served[1].close()

    def _courier_to(self, membership: Membership) -> Courier:
        if self._served is None or self._served[0].hub != membership.hub:
            self.close()
            self._reporter = self._office.reporter()
            self._served = (membership, self._office.hub_courier(membership, self._enrolled, self._reporter))
        return self._served[1]


def lines_of(config: Config) -> list[Callable[[Office], Line]]:
    """Give what makes each line that a kiosk needs; all but the making of one takes no time."""

    def to(webhook: Webhook) -> Callable[[Office], Line]:
        return lambda office: WebhookLine(office, webhook)

    return [HubLine, *map(to, config.webhook)]


def _waiting(reader: Reader, courier: Courier) -> int:
    (delivery,) = reader.deliveries([courier.destination.key])
    return delivery.waiting
