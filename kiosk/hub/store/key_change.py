"""Changing the key with which the hub signs: kiosks have learnt the next one before it is used."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from kiosk.errors import Refused
from kiosk.hub.store.audit import note
from kiosk.hub.store.configs import sign_anew
from kiosk.hub.store.identity import change_keys, identity
from kiosk.hub.store.tables.fleet import DEVICE, DEVICE_STATE
from kiosk.wire.hub_keys import name_of

_NAMED = 5
"""Kiosks that a refusal names."""


def change_key(connection: Connection, now_ms: int, leave_behind: bool) -> Sequence[str]:
    """Let the second key sign from now on, also what was signed before; give the kiosks that do not know it.

    Raises Refused where there are such kiosks, unless they are to be left behind.
    """
    behind = kiosks_behind(connection)
    if behind and not leave_behind:
        named = ", ".join(behind[:_NAMED]) + (" and others" if len(behind) > _NAMED else "")
        raise Refused(
            f"The next key is not known yet to {len(behind)} of the kiosks: {named}.",
            "Let them send and try again, retire them, or leave them behind with --leave-behind.",
        )
    sign_anew(connection, change_keys(connection).signing_key)
    note(connection, now_ms, "hub.key_changed", f"{len(behind)} kiosks left behind" if behind else "")
    return behind


def kiosks_behind(connection: Connection) -> Sequence[str]:
    """Give the names of the kiosks that may send, and have not said that they know both of the hub's keys."""
    known = name_of(identity(connection).public_keys)
    placed = DEVICE.outerjoin(DEVICE_STATE, DEVICE_STATE.c.device_id == DEVICE.c.id)
    query = select(DEVICE.c.name, DEVICE_STATE.c.report).select_from(placed).where(DEVICE.c.retired_ms.is_(None))
    rows = connection.execute(query.order_by(DEVICE.c.name))
    return [row.name for row in rows if json.loads(row.report or "{}").get("hub_keys") != known]
