"""What a reader gives: records as they were made, with what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kiosk.answer import Answer, Outcome, Visit


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer, read back."""

    answer: Answer
    """As it was given, with its `seq`; where the text was erased, it is the empty string."""
    corrected_ms: int
    """UTC milliseconds of the tap, as right as they are known by now."""
    superseded: bool
    """Whether a later answer of the same visit took its place."""
    erased: bool
    """Whether there was a text that is not kept any longer."""
    outcome: Outcome | None
    """How the visit ended; None while it goes on."""
    device_id: UUID


@dataclass(frozen=True, slots=True)
class StoredVisit:
    """A visit's end, read back."""

    visit: Visit
    corrected_ms: int
    """UTC milliseconds of the end, as right as they are known by now."""
    device_id: UUID
