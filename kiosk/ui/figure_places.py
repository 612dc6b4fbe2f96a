"""Where figures stand on their metric's scale, from 0 to 1, beside the marks that people measure themselves by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.config import Config
from kiosk.results.hours import HourFigure
from kiosk.results.metrics import Figure
from kiosk.telling.edition import Edition
from kiosk.telling.scales import ends_of, goal_words, marks_of
from kiosk.ui.charts.sheets import Bar, Mark


def places_of_marks(config: Config, metric: str, edition: Edition) -> list[Mark]:
    """Give the goal and the benchmark with their places on a metric's scale."""
    return [Mark(name, _place(mark, metric)) for mark, name in marks_of(config.results, edition)]


def goal_between(goal: float, low: float, high: float, edition: Edition) -> Mark:
    """Give the goal with its place on the part of a scale from `low` to `high`."""
    return Mark(goal_words(goal, edition), _share(goal, low, high))


def bar_of(figure: Figure, marks: Sequence[Mark] = ()) -> Bar:
    """Give a figure with its interval on its metric's whole scale."""
    return replace(bar_between(figure, *ends_of(figure.metric)), marks=marks)


def bar_between(figure: Figure, low: float, high: float) -> Bar:
    """Give a figure with its interval on the part of a scale from `low` to `high`."""
    least, middle, most = (_share(edge or 0.0, low, high) for edge in (figure.low, figure.value, figure.high))
    return Bar(least, middle, most)


def mood_of(hour: HourFigure) -> float | None:
    """Give an hour's figure on its metric's scale; None where there are too few answers for one."""
    figure = hour.figure
    return None if hour.is_thin or figure is None or figure.value is None else _place(figure.value, figure.metric)


def _place(value: float, metric: str) -> float:
    return _share(value, *ends_of(metric))


def _share(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)
