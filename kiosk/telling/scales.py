"""The scale that each metric is drawn on, and what is marked on it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kiosk.charts.interval import Span
from kiosk.results.metrics import Figure
from kiosk.telling.phrasing import Phrasing
from kiosk.words import N_

if TYPE_CHECKING:
    from kiosk.config.sections import Results

_ENDS = {"nps": (-100.0, 100.0), "ces": (1.0, 7.0)}
_TICKS = {"nps": (-100.0, -50.0, 0.0, 50.0, 100.0), "ces": (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)}
_PER_CENT = (0.0, 25.0, 50.0, 75.0, 100.0)


def ends_of(metric: str) -> tuple[float, float]:
    """Give where a metric's scale begins and ends."""
    return _ENDS.get(metric, (0.0, 100.0))


def scale_labels(metric: str, phrasing: Phrasing, *, few: bool = False) -> dict[float, str]:
    """Give the numbers that stand at a metric's scale; `few` for its ends and its middle alone."""
    values = _TICKS.get(metric, _PER_CENT)
    shown = (values[0], values[len(values) // 2], values[-1]) if few else values
    return {value: phrasing.number(int(value)) for value in shown}


def span_of(figure: Figure) -> Span:
    """Give a figure, which must have a value, as what is drawn."""
    return Span(figure.low or 0.0, figure.value or 0.0, figure.high or 0.0)


def part_of_scale(figures: Sequence[Figure], goal: float | None = None) -> tuple[float, float]:
    """Give the whole tenths of a metric's scale that hold all intervals, and a goal; a short scale is shown whole."""
    least, most = ends_of(figures[0].metric if figures else "")
    edges = [edge for figure in figures for edge in (figure.low, figure.high) if edge is not None]
    step = (most - least) / 10
    if not edges or step < 1:
        return least, most
    edges += [goal] if goal is not None else []
    return max(least, step * math.floor(min(edges) / step)), min(most, step * math.ceil(max(edges) / step))


def marks_of(wanted: Results, phrasing: Phrasing) -> Iterator[tuple[float, str]]:
    """Give the goal and the benchmark, as far as the shop has set them, each with its name."""
    if wanted.goal is not None:
        yield wanted.goal, goal_words(wanted.goal, phrasing)
    if wanted.benchmark is not None:
        yield wanted.benchmark, phrasing.say(N_("benchmark {mark}"), mark=phrasing.short_number(wanted.benchmark))


def goal_words(goal: float, phrasing: Phrasing) -> str:
    """Name a goal."""
    return phrasing.say(N_("goal {mark}"), mark=phrasing.short_number(goal))
