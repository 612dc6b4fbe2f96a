"""What the doctor says about the clock."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.clock import ClockState
from kiosk.device.finding import Finding

_WRONG: Mapping[ClockState, tuple[str, str]] = {
    "rtc": (
        "The clock runs on its battery; no network has set it since the machine started.",
        "Connect the machine to a network with a time server now and then.",
    ),
    "unsynced": (
        "No network has set the clock since the machine started, and it has no battery.",
        "Connect the machine to a network with a time server, or fit a battery clock.",
    ),
}


def clock_finding(state: ClockState) -> Finding:
    """Tell how far the times of the answers can be trusted."""
    if state in _WRONG:
        return Finding("clock", "warning", *_WRONG[state])
    return Finding("clock", "ok", "The clock is set by the network.")
