"""Heights of a screen, in rows, at which layouts change: each names what there is room for from there on."""

from __future__ import annotations

ROOM_ENOUGH = 18
"""Below it every row counts: headlines are modest, languages keep to fewer rows, two actions may share one."""

ROOM_FOR_GAPS = 22
"""Below it no row stays empty between words, so that a finger can hit what is left."""

ROOM_AMPLE = 30
"""Below it what is read last gets few rows."""
