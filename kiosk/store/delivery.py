"""What is to be sent, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kiosk.answer import Answer, Visit


@dataclass(frozen=True, slots=True)
class Erasure:
    """The text of an answer was erased."""

    id: UUID
    seq: int
    answer_id: UUID
    erased_ms: int
    """UTC milliseconds as the wall clock claimed."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record on its way out."""

    record: Answer | Visit | Erasure
    seq: int
    corrected_ms: int
    """UTC milliseconds, as right as they are known by now."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that a destination will never take."""

    seq: int
    record_id: UUID
    code: str
    """The problem's stable name, as `conflict`."""
    detail: str
    """A sentence, as the destination put it."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A refusal, read back."""

    destination: str
    refusal: Refusal
    at_ms: int


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a destination said to a batch."""

    destination: str
    acked_seq: int
    """The last record of the batch; where it had none, of the one before."""
    refused: Sequence[Refusal] = ()
    highest_seq: int = 0
    """The highest record that it says it has; 0 where it says nothing."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one destination is."""

    destination: str
    acked_seq: int = 0
    highest_seq: int = 0
    """The highest record that it last said it has."""
    confirmed_ms: int | None = None
    """When it last answered as it should; None for never."""
    trouble: str | None = None
    """What has been in the way since then, in one word; None when nothing is."""
    trouble_ms: int | None = None
    """When that began."""
    waiting: int = 0
    """Records that it has not confirmed yet."""
    oldest_ms: int | None = None
    """When the first of them was made (corrected); None where none waits."""
    refused: int = 0
    """Records that it would not take."""
