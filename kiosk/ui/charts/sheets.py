"""What each chart shows, ready to be drawn: words in the staff's language, and places on a scale from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a scale that people measure themselves by."""

    label: str
    """What it is and its number, as in `goal 80`."""
    place: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure on its scale, with its interval; all from 0 to 1."""

    low: float
    value: float
    high: float
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How many gave one answer."""

    label: str
    share: float
    """Of the most frequent answer, which fills its row."""
    numbers: str
    mood: float | None = None
    """0 worst to 1 best; None for a choice, which is neither."""


@dataclass(frozen=True, slots=True)
class Hour:
    """How many answered in one hour, and how they felt."""

    label: str
    share: float
    """Of the busiest hour."""
    mood: float | None
    """None where there are too few answers for a figure."""


@dataclass(frozen=True, slots=True)
class TodaySheet:
    """A day in one look."""

    question: str
    number: str
    """The figure alone, to be set large; empty where there is none."""
    metric: str
    answers: str
    bar: Bar | None
    interval: str
    headline: str
    details: Sequence[str]
    steps: Sequence[Step]
    hours: Sequence[Hour]
    hours_title: str
    reasons: Sequence[Step]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of the week."""

    number: str
    """The figure; the number of answers where they are too few; empty where there are none."""
    mood: float | None


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """Weekday by hour."""

    title: str
    hours: Sequence[str]
    weekdays: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Rank:
    """One line of a ranking."""

    place: str
    """The rank, or the ranks that may be true; empty where nothing can be ranked."""
    label: str
    number: str
    answers: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class RankingSheet:
    """Touchpoints, the best first: one table for each metric."""

    tables: Sequence[tuple[str, Sequence[Rank]]]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a trend."""

    label: str
    bar: Bar | None
    """None where there are too few answers."""


@dataclass(frozen=True, slots=True)
class TrendSheet:
    """A figure day by day."""

    title: str
    metric: str
    """What the figure is; empty while there is none."""
    ends: tuple[str, str]
    """What stands at the lower and the upper edge."""
    points: Sequence[Point]
    goal: Mark | None
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something staff should know, and whether it is well."""

    state: str
    """`ok`, `warning` or `error`."""
    said: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class HealthSheet:
    """How the kiosk itself is."""

    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Remark:
    """What one customer wrote."""

    text: str
    when: str
    mood: float | None


@dataclass(frozen=True, slots=True)
class RemarksSheet:
    """What customers wrote last."""

    title: str
    remarks: Sequence[Remark]


Sheet = TodaySheet | WeekSheet | RankingSheet | TrendSheet | HealthSheet | RemarksSheet
