"""What hub and kiosk say of configurations with each batch: what became of the last, and which to have."""

from __future__ import annotations

from sqlalchemy import Connection

from kiosk.hub.store.config_states import hear_verdict
from kiosk.hub.store.devices import Device
from kiosk.hub.store.rollouts import judge, offered
from kiosk.wire.report import ConfigState


def talk_of_config(connection: Connection, device: Device, said: ConfigState | None, now_ms: int) -> str:
    """Hear what became of a kiosk's configuration, if it says so, and name the one to have; empty for its own file.

    Each kiosk of a location that is heard from shows whether another one has gone silent.
    """
    if said is not None:
        hear_verdict(connection, device.id, said, now_ms)
    judge(connection, device.location_id, now_ms)
    rollout = offered(connection, device)
    return rollout.etag if rollout else ""
