"""How each destination stands, for those who look from outside: the staff's page, the doctor, a command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Config
from kiosk.errors import KioskError
from kiosk.store.delivery import Delivery
from kiosk.store.reader import Reader
from kiosk.sync.identity import Membership, membership_in
from kiosk.sync.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Standing:
    """How one destination stands."""

    name: str
    """`hub`, or what kiosk.toml calls a webhook."""
    delivery: Delivery
    trouble: Trouble | None
    """What is in the way; None when nothing is known to be."""


def hub_key(membership: Membership) -> str:
    """Give the name under which a hub's cursor is kept: another hub begins at the beginning."""
    return f"hub {membership.hub}"


def standings(config: Config, database: Path, reader: Reader) -> list[Standing]:
    """Tell of every destination how it stands, the hub first; nothing where there is none. Raises StoreError."""
    keys = {}
    membership = membership_of(database, reader)
    if membership or config.sync.hub:
        keys["hub"] = hub_key(membership) if membership else "hub"
    keys.update({webhook.called: f"webhook {webhook.called}" for webhook in config.webhook})
    found = [
        Standing(name, delivery, _known(delivery.trouble))
        for name, delivery in zip(keys, reader.deliveries(keys.values()), strict=True)
    ]
    if found and found[0].name == "hub" and not _may_send(membership, config):
        found[0] = Standing("hub", found[0].delivery, Trouble.NOT_ENROLLED)
    return found


def membership_of(database: Path, reader: Reader) -> Membership | None:
    """Give what the kiosk is a member of; None for nothing, and where that cannot be read."""
    try:
        return membership_in(database.absolute().parent, reader.device_id)
    except KioskError:
        return None


def _may_send(membership: Membership | None, config: Config) -> bool:
    return membership is not None and config.sync.hub in (None, membership.url)


def _known(trouble: str | None) -> Trouble | None:
    try:
        return Trouble(trouble) if trouble else None
    except ValueError:
        return Trouble.FAILING  # a newer kiosk's word
