"""What the kiosk runs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.driver import Driver

from kiosk.device.watchdog import Heartbeat
from kiosk.errors import KioskError
from kiosk.store.lock import Lock

if TYPE_CHECKING:
    from kiosk.device.speech import Speaker  # only for shops that want a voice


@dataclass(frozen=True, slots=True)
class Machine:
    """What a machine lends to the kiosk, and what it must not be used for."""

    lock: Lock | None = None
    """Keeps others from the database; None to take it when the store is opened."""
    unfit: KioskError | None = None
    """Why this machine must not take answers: its disk forgets."""
    heartbeat: Heartbeat | None = None
    """Goes to whoever starts the kiosk anew when it hangs."""
    unlocked: bool = False
    """Whether Ctrl+Q leaves, for trying the kiosk out at a desk."""
    has_staff_door: bool = True
    """Whether the gesture does anything."""
    speaker: Speaker | None = None
    """Reads to those who ask for it."""
    driver: type[Driver] | None = None
    """Drives another screen than the terminal."""
