"""A closed business day as it is read back, and what may have happened to it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kiosk.clock import Moment

NO_CLOSE = "0" * 64
"""What stands in the first close for the hash of the one before."""


@dataclass(frozen=True, slots=True)
class OpenProblem:
    """Something that was wrong with the kiosk when a day was closed."""

    id: str
    """As in `kiosk doctor`: `clock`, `space`, `quarantined`."""
    sentence: str


@dataclass(frozen=True, slots=True)
class OtherDay:
    """Records of another business day that came in after its own close."""

    day: date
    answers: int
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClose:
    """The report of a closed business day. Nothing in it ever changes."""

    number: int
    """Counts up from 1 without a gap."""
    day: date
    closed: Moment
    after_seq: int
    last_seq: int
    """The close holds every record counted after `after_seq`, up to this one."""
    location: str
    first_ms: int | None
    last_ms: int | None
    """UTC milliseconds of the day's first and last record; None when it has none."""
    visits: Mapping[str, int]
    """`total`, then the number of each outcome; the day's own."""
    questions: tuple[Mapping[str, Any], ...]
    """The objects of `kiosk results --json`, from the day's own answers."""
    flagged: int
    """The day's answers that were doubtful, by the rules of misuse, when the day was closed."""
    unsynced: int
    """Records of the close whose time rests on a clock that nobody had set."""
    others: tuple[OtherDay, ...]
    """Late records of earlier days, oldest first; a wrong clock may also date some after the day."""
    erased: int
    """Texts of earlier closes that were erased since the close before."""
    problems: tuple[OpenProblem, ...]
    previous: str
    hash: str
    """SHA-256 over all of this and every record, chained to `previous`; docs/day-close.md has the form."""

    @property
    def answers(self) -> int:
        """Give how many of the day's own answers count."""
        return sum(question["n"] for question in self.questions)

    def as_json(self) -> dict[str, Any]:
        """Give the object of `kiosk close-day --json`."""
        return {
            "number": self.number,
            "day": self.day.isoformat(),
            "closed_ms": self.closed.at_ms,
            "clock_state": self.closed.state,
            "location": self.location,
            "first_ms": self.first_ms,
            "last_ms": self.last_ms,
            "visits": dict(self.visits),
            "questions": [dict(question) for question in self.questions],
            "flagged": self.flagged,
            "unsynced": self.unsynced,
            "late": [
                {"day": other.day.isoformat(), "answers": other.answers, "visits": other.visits}
                for other in self.others
            ],
            "erased": self.erased,
            "problems": [{"id": problem.id, "sentence": problem.sentence} for problem in self.problems],
            "first_seq": self.after_seq + 1,
            "last_seq": self.last_seq,
            "previous": self.previous,
            "hash": self.hash,
        }


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which closed days are not what they were when they were closed."""

    what: Literal["changed", "gone", "added", "uncounted", "close changed", "close gone"]
    number: int | None
    """Of the close; None for a record that belongs to none, because the kiosk itself never counted it."""
    day: date | None
    seq: int | None = None
    """Of the record, where it is one."""
    record: Literal["answer", "visit", ""] = ""
    """Which kind of record; empty for a close, and for a record that is gone."""
    id: str = ""
    """Of the record, as long as it is there."""
