"""Figures side by side: by hour, by touchpoint, by question, by language or by layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.results.day import survey_figures, visit_counts
from kiosk.results.doubts import Doubt, marks_of_visits
from kiosk.results.homogeneity import Homogeneity, alike
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures
from kiosk.results.tally import Row, Scale, count_by, is_timed

_NO_HOUR = "no hour"
"""Group of the answers whose time of day nobody knows."""


class By(StrEnum):
    """What figures can be set side by side by."""

    HOUR = "hour"
    TOUCHPOINT = "touchpoint"
    QUESTION = "question"
    LANGUAGE = "language"
    LAYOUT = "layout"
    """The size of the screen in cells, which decides how the answers stand on it."""


@dataclass(frozen=True, slots=True)
class GroupedFigures:
    """The figures of a period, one group beside the other."""

    period: Period
    location: str
    by: By
    groups: Mapping[str, tuple[QuestionFigures, ...]]
    """The questions answered in each group: hours from the first of the business day (`04` ... `23`, `00` ... `03`),
    everything else in the survey's order. A group without an answer is not there."""
    unsynced: int
    """Answers in no hour because the clock was not to be trusted; 0 when the groups are not hours."""
    visits: Mapping[str, int]
    alike: Mapping[Scale, Homogeneity]
    """Whether the layouts were answered alike, question by question; empty when the groups are not layouts."""

    def as_json(self) -> dict[str, Any]:
        """Give the object of `kiosk results --by ... --json`.

        `{"day" or "from" and "to", "location", "by": "hour", "groups": [{"group": "08", "questions": [...]}],
        "unsynced": 0, "visits": {...}}`, with questions and visits as in the ungrouped object. By layout, `"alike"`
        follows: `[{"id", "kind", "points", "chi_square", "degrees", "p", "reliable", "differs"}]`.
        """
        groups = [
            {"group": group, "questions": [question.as_json() for question in questions]}
            for group, questions in self.groups.items()
        ]
        heading = {**self.period.as_json(), "location": self.location, "by": self.by.value}
        told = {**heading, "groups": groups, "unsynced": self.unsynced, "visits": dict(self.visits)}
        if self.by is By.LAYOUT:
            told["alike"] = [
                {"id": scale.question, "kind": scale.kind, "points": scale.points, **test.as_json()}
                for scale, test in self.alike.items()
            ]
        return told


def grouped_figures(
    rows: Iterable[Row],
    by: By,
    outcomes: Mapping[Outcome, int],
    config: Config,
    period: Period,
    doubts: Iterable[Doubt] = (),
) -> GroupedFigures:
    """Count answers group by group and work out the figures of each; `doubts` are the period's doubtful answers."""
    marks = marks_of_visits(doubts)
    tallies = count_by(rows, _grouping(by, config.zone), lambda row: marks.get(str(row.answer.visit_id), ()))
    unsynced = sum(counts.n for counts in tallies.pop(_NO_HOUR, {}).values()) if by is By.HOUR else 0
    order = _order(by, config)
    names = sorted(tallies, key=lambda name: (order.index(name) if name in order else len(order), name))
    small_sample = config.results.small_sample
    groups = {name: survey_figures(tallies[name], config.survey, small_sample) for name in names}
    tested = alike(groups) if by is By.LAYOUT else {}
    return GroupedFigures(period, config.kiosk.location, by, groups, unsynced, visit_counts(outcomes), tested)


def local_hour(row: Row, zone: ZoneInfo) -> str:
    """Give the shop's hour in which an answer was given, `00` to `23`, or words where nobody knows."""
    if not is_timed(row):
        return _NO_HOUR
    return f"{datetime.fromtimestamp(row.corrected_ms / 1000, UTC).astimezone(zone):%H}"


def _grouping(by: By, zone: ZoneInfo) -> Callable[[Row], str]:
    return {
        By.HOUR: lambda row: local_hour(row, zone),
        By.TOUCHPOINT: lambda row: row.answer.touchpoint,
        By.QUESTION: lambda row: row.answer.question,
        By.LANGUAGE: lambda row: row.answer.language,
        By.LAYOUT: lambda row: row.answer.layout,
    }[by]


def _order(by: By, config: Config) -> Sequence[str]:
    first_hour = config.kiosk.day_ends_at.hour
    return {
        By.HOUR: [f"{(first_hour + hour) % 24:02}" for hour in range(24)],
        By.TOUCHPOINT: [question.touchpoint for question in config.survey.questions],
        By.QUESTION: [question.id for question in config.survey.questions],
        By.LANGUAGE: config.survey.languages,
        By.LAYOUT: (),
    }[by]
