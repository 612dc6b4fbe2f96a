"""What is kept of a visit: records that never change once they are written."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from kiosk.clock import ClockState, Moment


class Outcome(StrEnum):
    """How a visit ended."""

    COMPLETE = "complete"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"
    LEFT = "left"
    """Cut short: staff stepped in, or the kiosk lost power."""


STAFF_TEST = "staff_test"
"""The mark of an answer given in test mode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every stored thing carries."""

    id: UUID
    """UUIDv7 made at the tap; the same record keeps it through every retry, here and at the hub."""
    visit_id: UUID
    at_ms: int
    """UTC milliseconds as the wall clock claimed at the tap."""
    boot_id: str
    boot_ms: int
    clock_state: ClockState
    survey_revision: str
    language: str
    layout: str
    """How the question was laid out, as `80x24 light`: needed to compare like with like."""
    touchpoint: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    seq: int | None = None
    """The device's own counter, given by the store inside the transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Record):
    """One value given to one question in one visit. A withdrawn answer is superseded by one that is empty."""

    question: str
    kind: str
    points: int | None = None
    """How many steps the scale has; None where there is no scale."""
    value: int | None = None
    choices: tuple[str, ...] = ()
    text: str | None = None
    supersedes: UUID | None = None
    marks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether this answer only withdraws another."""
        return self.value is None and not self.choices and self.text is None

    @property
    def given(self) -> frozenset[int | str]:
        """Give what a follow-up's `when` is held against: the value, or the ids of the choices."""
        return frozenset(self.choices) if self.value is None else frozenset({self.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """The end of one customer's pass: first tap to the question's return."""

    outcome: Outcome
    follow_ups: tuple[str, ...] = ()
    """Ids of the follow-ups that were shown, answered or not."""
    review_shown: bool = False
    """Whether the customer saw the invitation to review."""
    answering_ms: int = 0
    """First tap to last answer, skip or time-out."""
    duration_ms: int = 0
    """First tap to the question's return."""


def new_id(moment: Moment, random_bits: Callable[[int], int] = secrets.randbits) -> UUID:
    """Make a UUIDv7 for an instant: 48 bits of Unix milliseconds, then random bits (RFC 9562, section 5.7)."""
    milliseconds = moment.at_ms & (1 << 48) - 1
    number = milliseconds << 80 | 0x7 << 76 | random_bits(12) << 64 | 0b10 << 62 | random_bits(62)
    return UUID(int=number)
