"""From answers to counts: which answer counts, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from kiosk.answer import STAFF_TEST, Answer


class Row(Protocol):
    """An answer as it is read back: when it was given, and what became of it."""

    @property
    def answer(self) -> Answer:
        """The answer as it was given."""

    @property
    def corrected_ms(self) -> int:
        """UTC milliseconds of the tap, as right as they are known by now."""

    @property
    def superseded(self) -> bool:
        """Whether a later answer of the same visit took its place."""


SomeRow = TypeVar("SomeRow", bound=Row)


class Scale(NamedTuple):
    """What answers must have in common to be counted together; a question that was reworked is counted apart."""

    question: str
    kind: str
    points: int | None

    @classmethod
    def of(cls, answer: Answer) -> Scale:
        """Give the scale that an answer was given on."""
        return cls(answer.question, answer.kind, answer.points)


@dataclass(slots=True)
class Counts:
    """The counts of one question."""

    touchpoint: str = ""
    """The thing judged, as the last answer has it."""
    n: int = 0
    """Answers that count: not superseded, not empty, not from test mode."""
    flagged: int = 0
    """Answers that count, though a mark makes them doubtful."""
    superseded: int = 0
    """Answers that the customer changed or took back."""
    values: Counter[str] = field(default_factory=Counter)
    """How often each value, or choice, was given; nothing for text."""
    marks: Counter[str] = field(default_factory=Counter)
    """How many of the flagged answers have each mark; an answer may have several."""
    doubtful: Counter[str] = field(default_factory=Counter)
    """How often each value, or choice, was given in the flagged answers; part of `values`."""

    def flag(self, marks: Collection[str], given: Iterable[str], n: int = 1) -> None:
        """Note that `n` answers that count, alike in what they say, are doubtful."""
        self.flagged += n
        self.marks.update(dict.fromkeys(marks, n))
        self.doubtful.update(dict.fromkeys(given, n))


Tally = dict[Scale, Counts]
"""The counts of every question that has answers."""


def stored_marks(row: Row) -> Collection[str]:
    """Give the marks that an answer was stored with."""
    return row.answer.marks


def count(rows: Iterable[SomeRow], marks_of: Callable[[SomeRow], Collection[str]] = stored_marks) -> Tally:
    """Count answers, question by question, in one pass."""
    return count_by(rows, lambda _: "", marks_of).get("", {})


def count_by(
    rows: Iterable[SomeRow],
    group_of: Callable[[SomeRow], str],
    marks_of: Callable[[SomeRow], Collection[str]] = stored_marks,
) -> dict[str, Tally]:
    """Count answers, group by group and question by question, in one pass."""
    groups: dict[str, Tally] = {}
    for row in rows:
        if _is_given(row.answer):
            _add(groups.setdefault(group_of(row), {}), row, marks_of(row))
    return groups


def is_counted(row: Row) -> bool:
    """Tell whether an answer counts: not superseded, not empty, not from test mode."""
    return not row.superseded and _is_given(row.answer)


def is_timed(row: Row) -> bool:
    """Tell whether anybody knows at what time of day an answer was given."""
    return row.answer.clock_state != "unsynced" or row.corrected_ms != row.answer.at_ms


def _is_given(answer: Answer) -> bool:
    return not answer.is_empty and STAFF_TEST not in answer.marks


def _add(tally: Tally, row: Row, marks: Collection[str]) -> None:
    answer = row.answer
    scale = Scale.of(answer)
    counts = tally.get(scale) or tally.setdefault(scale, Counts())
    counts.touchpoint = answer.touchpoint
    if row.superseded:
        counts.superseded += 1
        return
    counts.n += 1
    counts.values.update(map(str, answer.given))
    if marks:
        counts.flag(marks, map(str, answer.given))
