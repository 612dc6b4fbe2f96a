"""How the fleet is, in a few numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from kiosk.hub.store.tables.configs import CONFIG_STATE
from kiosk.hub.store.tables.fleet import DEVICE, DEVICE_STATE

Punctuality = Literal["ok", "late", "lost", "never"]

_MISSED = 3
"""Times that a kiosk may miss before it is late."""
_LOST_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class FleetState:
    """Kiosks that may send, counted."""

    by_punctuality: Mapping[Punctuality, int]
    by_version: Mapping[str, int]
    by_config: Mapping[str, int]
    """`offered`, `applied`, `failed`: what they made of the configuration they were offered last."""
    oldest_waiting_ms: int | None
    """When the oldest record was made that a kiosk said it still holds."""


def punctuality(seen_ms: int | None, now_ms: int, sync_seconds: int) -> Punctuality:
    """Tell whether a kiosk is heard from as often as it should be: not for three times is late, not for a day lost."""
    if seen_ms is None:
        return "never"
    if now_ms - seen_ms > max(_LOST_MS, _MISSED * sync_seconds * 1000):
        return "lost"
    return "late" if now_ms - seen_ms > _MISSED * sync_seconds * 1000 else "ok"


def fleet_state(connection: Connection, now_ms: int, sync_seconds: int) -> FleetState:
    """Count the fleet."""
    placed = DEVICE.outerjoin(DEVICE_STATE, DEVICE.c.id == DEVICE_STATE.c.device_id)
    query = select(DEVICE_STATE.c.seen_ms, DEVICE_STATE.c.report).select_from(placed)
    states: Counter[Punctuality] = Counter({"ok": 0, "late": 0, "lost": 0, "never": 0})
    versions: Counter[str] = Counter()
    oldest: list[int] = []
    for seen_ms, text in connection.execute(query.where(DEVICE.c.retired_ms.is_(None))):
        states[punctuality(seen_ms, now_ms, sync_seconds)] += 1
        report = json.loads(text or "{}")
        versions[report.get("version", "unknown")] += 1
        if report.get("waiting") and report.get("oldest_waiting_ms") is not None:
            oldest.append(report["oldest_waiting_ms"])
    grouped = select(CONFIG_STATE.c.state, func.count()).group_by(CONFIG_STATE.c.state)
    configs = {row[0]: row[1] for row in connection.execute(grouped)}
    return FleetState(states, versions, configs, min(oldest, default=None))
