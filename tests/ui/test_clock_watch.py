"""A kiosk that starts with a wrong clock dates its answers once the clock is right."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import Config
from kiosk.store.reader import Reader
from tests.conftest import WoundClock
from tests.ui.driver import standing_before

FIVE_PAST_NINE = int(datetime(2026, 3, 5, 9, 5, tzinfo=UTC).timestamp() * 1000)


async def test_answers_from_before_the_clock_was_right_are_dated_when_it_is(
    shipped: Config, clock: WoundClock, tmp_path: Path
) -> None:
    clock.state, clock.at_ms, clock.boot_ms = "unsynced", 1_000_000, 119_000
    async with standing_before(shipped, clock, tmp_path) as kiosk:
        await kiosk.awake()
        clock.boot_ms = 120_000
        await kiosk.tap("2")
        await kiosk.until(lambda: len(kiosk.answers()) == 1)
        told_ms = kiosk.answers()[0].boot_ms
        clock.state, clock.boot_ms = "synced", told_ms + 180_000
        clock.at_ms = FIVE_PAST_NINE
        await kiosk.wait(0)
        with Reader(tmp_path / "kiosk.db") as reader:
            await kiosk.until(lambda: next(reader.answers()).corrected_ms == FIVE_PAST_NINE - 180_000)
