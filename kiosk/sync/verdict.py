"""What a destination's reply means for the records that were sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.store.delivery import Refusal
from kiosk.sync.trouble import Trouble
from kiosk.wire.ack import Ack


@dataclass(frozen=True, slots=True)
class Taken:
    """Every record of the batch is safe there, but for those that it will never take."""

    refused: Sequence[Refusal] = ()
    ack: Ack | None = None
    """What a hub said; None from a webhook."""


@dataclass(frozen=True, slots=True)
class NotAsItIs:
    """The batch is too large, or something in it is in the way: a part of it may do."""

    code: str
    """What a single record is parked as, if the same is said of it."""
    detail: str
    trouble: Trouble
    """What is in the way where there is no record to park."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was taken. For some troubles the same batch can be tried again later."""

    trouble: Trouble
    detail: str = ""
    asked_wait_s: float = 0.0


Verdict = Taken | NotAsItIs | Failed
