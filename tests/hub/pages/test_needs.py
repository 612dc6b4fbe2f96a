"""What the page of kiosks says that a kiosk needs a hand with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kiosk.hub.pages.needs import needs
from kiosk.hub.store.kiosks import KnownKiosk, Told

NOW_MS = 1_795_341_600_000
DAY_MS = 86_400_000
_WELL: dict[str, Any] = {
    "seen_ms": NOW_MS,
    "offset_ms": 0,
    "refused": 0,
    "refused_ms": None,
    "version": "0.1.0",
    "waiting": 0,
    "oldest_waiting_ms": None,
    "last_tap_ms": NOW_MS,
    "disk_free_bytes": None,
    "temperature_c": None,
    "clock_state": "synced",
    "config_failure": None,
    "problems": (),
}


def said_of(cloned_ms: int | None = None, **told: Any) -> list[str]:
    place = UUID(int=1)
    kiosk = KnownKiosk(UUID(int=2), "Kassa 1", place, "Kamppi", NOW_MS, None, cloned_ms, Told(**{**_WELL, **told}))
    return [need.words.format(**need.values) for need in needs(kiosk, NOW_MS, 300)]


def test_a_kiosk_that_is_well_needs_nothing() -> None:
    assert said_of() == []


@pytest.mark.parametrize(("age_days", "needed"), [(0, True), (6.9, True), (7, False), (300, False)])
def test_a_refusal_is_looked_at_for_a_week(age_days: float, needed: bool) -> None:
    said = said_of(refused=7, refused_ms=NOW_MS - int(age_days * DAY_MS))
    assert said == (["7 records were refused: they are safe at the kiosk."] if needed else [])


@pytest.mark.parametrize("state", ["unsynced", "rtc"])
def test_a_clock_that_no_network_has_set_is_said_once(state: str) -> None:
    assert said_of(clock_state=state) == ["No network has set its clock."]


def test_the_first_step_after_a_copied_card_keeps_the_two_apart() -> None:
    (said,) = said_of(cloned_ms=NOW_MS)
    assert "move its database and hub.json away" in said and "Retire" not in said
