"""What is told of a period: its figures, what they are compared with, and what qualifies them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.config import Config
from kiosk.results.comparison import Comparison, compare
from kiosk.results.day import DayFigures
from kiosk.results.hours import Hours, by_hour
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.store.stored import StoredAnswer
from kiosk.telling.comments import Comment, latest_comments

if TYPE_CHECKING:
    from kiosk.store.doubtful import Watched
    from kiosk.store.source import Source

Read = Callable[[int, int], Iterable[StoredAnswer]]
"""Reads the answers of a period, given its bounds."""

_TEXT = "text"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is told of one period."""

    period: Period
    earlier: Period
    """The time before: the same weekday a week ago, or as many days as the period has."""
    main: QuestionFigures
    """The question that starts every visit."""
    comparison: Comparison | None
    """The main question beside the time before; None for one without a figure."""
    hours: Hours
    """The main question through the day."""
    others: tuple[QuestionFigures, ...]
    """All other questions that have answers, those in the customers' own words left out."""
    comments: tuple[Comment, ...]
    """The latest first."""
    visits: Mapping[str, int]
    """`total`, then each outcome."""
    made_at: datetime
    """In the shop's time."""
    is_over: bool
    """Whether the period had ended by then."""


def gather(
    reader: Source, config: Config, period: Period, now_ms: int, answers: Read | None = None, watched: Watched = iter
) -> Facts:
    """Work out all that is told of a period, as it is at `now_ms` (UTC).

    Single answers are read only where customers could write; through `answers`, if given. What is looked at for misuse
    passes through `watched`. Raises StoreError.
    """
    from kiosk.store.figures import figures_of  # half a second of database library

    bounds = period.bounds_in(config)
    figures = figures_of(reader, config, period, watched)
    wrote = any(each.kind == _TEXT and each.n for each in figures.questions)
    comments = (
        latest_comments((answers or reader.answers)(*bounds), scale_of(config.survey.first), config.zone)
        if wrote
        else ()
    )
    return put_together(figures, reader, config, now_ms, comments)


def put_together(
    figures: DayFigures, reader: Source, config: Config, now_ms: int, comments: tuple[Comment, ...] = ()
) -> Facts:
    """Put what is told beside a period's figures to them. Raises StoreError."""
    from kiosk.store.figures import plain_figures_of  # half a second of database library

    period = figures.period
    bounds = period.bounds_in(config)
    earlier = period.week_before() if period.last is None else period.before()
    main, scale = _main(figures, config), scale_of(config.survey.first)
    slots = list(reader.slots(scale, config.kiosk.day_ends_at, *bounds))
    return Facts(
        period=period,
        earlier=earlier,
        main=main,
        comparison=compare(_main(plain_figures_of(reader, config, earlier), config), main),
        hours=by_hour(slots, scale, config),
        others=tuple(each for each in figures.questions if each is not main and each.n and each.kind != _TEXT),
        comments=comments,
        visits=figures.visits,
        made_at=datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(config.zone),
        is_over=bounds[1] <= now_ms,
    )


def _main(figures: DayFigures, config: Config) -> QuestionFigures:
    """Find the question that starts every visit, as it is asked now."""
    return next(each for each in figures.questions if each.scale == scale_of(config.survey.first))
