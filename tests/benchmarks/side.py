"""What the benchmark does to each side, whatever it is made of, and what it writes down."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.benchmarks.processes import cpu_seconds, unique_set_size

THANKS_SECONDS = 0.9
"""How long the thanks are looked at; the kiosk takes no tap in their first 0.8 s."""

LOOK_SECONDS = 0.8
"""How long a question is looked at; the kiosk takes no tap in its first 0.6 s."""

FACES = 5

_CALM_SECONDS = 3.0
"""After which a start has nothing left to do in the background."""


class Side(Protocol):
    """A kiosk to measure. Times are seconds."""

    @property
    def pid(self) -> int:
        """The process whose tree is the kiosk."""

    def start(self) -> float:
        """Start from nothing; gives the time until the first question is painted."""

    def first_thanks(self) -> float:
        """Tap at once; gives the time from the start until the thanks are painted."""

    def tap(self, face: int) -> float:
        """Tap a face, 0 the worst; gives the time until the thanks are painted, and so until the answer is stored."""

    def next_customer(self) -> None:
        """End the thanks and wait for the question."""

    def rest(self, seconds: float) -> None:
        """Let time pass."""

    def stop(self) -> None:
        """End it, so that it could be started again."""

    def stored(self) -> int:
        """Give the number of answers in its database."""


@dataclass
class Notes:
    """What was measured of one side: seconds, bytes, and the share of one core."""

    starts: list[float] = field(default_factory=list)
    cold_starts: list[float] = field(default_factory=list)
    first_thanks: list[float] = field(default_factory=list)
    taps: list[float] = field(default_factory=list)
    memory_before: int = 0
    memory_after: int = 0
    rest_share: float = 0.0


def measure_starts(sides: Sequence[tuple[Side, Notes]], times: int, step: Callable[[], None]) -> None:
    """Start the sides in turn, so that what else the machine does meets both."""
    for _ in range(times):
        for side, notes in sides:
            notes.starts.append(side.start())
            notes.first_thanks.append(side.first_thanks())
            side.stop()
            step()


def measure_cold_starts(sides: Sequence[tuple[Side, Notes]], times: int, step: Callable[[], None]) -> None:
    """Start the sides in turn with nothing of them in memory, as after the power came on. Needs root."""
    for _ in range(times):
        for side, notes in sides:
            os.sync()
            Path("/proc/sys/vm/drop_caches").write_text("3")
            notes.cold_starts.append(side.start())
            side.stop()
            step()


def measure_day(side: Side, notes: Notes, taps: int, rest_seconds: float, step: Callable[[], None]) -> None:
    """Serve `taps` customers with a started side, then let it rest; leaves it running."""
    side.rest(_CALM_SECONDS)
    notes.memory_before = unique_set_size(side.pid)
    notes.taps += measure_taps(side, taps, step)
    side.rest(_CALM_SECONDS)
    notes.memory_after = unique_set_size(side.pid)
    before = cpu_seconds(side.pid)
    side.rest(rest_seconds)
    notes.rest_share = (cpu_seconds(side.pid) - before) / rest_seconds


def measure_taps(side: Side, taps: int, step: Callable[[], None]) -> list[float]:
    """Serve customers, each of whom taps another face than the one before."""
    seconds = []
    for number in range(taps):
        side.rest(LOOK_SECONDS)
        seconds.append(side.tap(number % FACES))
        side.rest(THANKS_SECONDS)
        side.next_customer()
        step()
    return seconds
