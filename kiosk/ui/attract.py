"""What moves while nobody is there: one face after another blinks, from the left to the right."""

from __future__ import annotations

AFTER_SECONDS = 30.0
"""How long a question is left alone before anything moves."""

EVERY_SECONDS = 4.0
"""From blink to blink: far below the three flashes a second that may do harm (WCAG 2.2, criterion 2.3.1)."""

BLINK_SECONDS = 0.3
"""How long eyes stay shut: longer than the kiosk takes to notice that time has passed."""


def blinking(idle_seconds: float, faces: int) -> int | None:
    """Give the place of the face whose eyes are shut after so long alone; None while all are open."""
    turn, within = divmod(idle_seconds - AFTER_SECONDS, EVERY_SECONDS)
    return int(turn) % faces if faces and turn >= 0 and within < BLINK_SECONDS else None
