"""A figure over time: a line with its interval as a band, and gaps where too few answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kiosk.charts.ink import Inks
from kiosk.charts.interval import Span
from kiosk.charts.lettering import width_of
from kiosk.charts.marks import Area, Block, Box, Mark, Oval, Point, Stroke, Words

_SIZE = 8.0
_DOT = 2.2
_CLEAREST = 24
"""Points of time up to which each has a dot."""


@dataclass(frozen=True, slots=True)
class Day:
    """One point of time."""

    words: str
    span: Span | None
    """None where too few answered for a figure."""


def trend(
    box: Box,
    days: Sequence[Day],
    ends: tuple[float, float],
    labels: Mapping[float, str],
    inks: Inks,
    goal: float | None = None,
) -> Iterator[Mark]:
    """Draw the days so that they fill a box; `labels` are the numbers of the scale, a goal is a dashed line."""
    margin = max((width_of(words, _SIZE) for words in labels.values()), default=0.0) + 5
    plot = Box(box.x + margin, box.y + 3, box.width - margin - _DOT, box.height - 3 - 1.7 * _SIZE)

    def level(value: float) -> float:
        return plot.bottom - plot.height * (min(max(value, ends[0]), ends[1]) - ends[0]) / (ends[1] - ends[0])

    for value, words in labels.items():
        yield Block(plot.x, level(value) - 0.25, plot.width, 0.5, inks.rule)
        yield Words(plot.x - 5, level(value) + _SIZE * 0.34, words, _SIZE, inks.soft, anchor="end")
    placed = [(plot.x + plot.width * (place + 0.5) / len(days), day) for place, day in enumerate(days)]
    if goal is not None and ends[0] <= goal <= ends[1]:
        yield Stroke(((plot.x, level(goal)), (plot.right, level(goal))), inks.ink, 0.8, dash=2)
    for is_known, run in groupby(placed, key=lambda point: point[1].span is not None):
        if is_known:
            spans = [(x, (level(s.low), level(s.value), level(s.high))) for x, day in run if (s := day.span)]
            yield from _run(spans, inks, with_dots=len(days) <= _CLEAREST)
    yield from _names(placed, box.bottom - 1, inks)


def spark(box: Box, spans: Sequence[Span | None], ends: tuple[float, float], inks: Inks) -> Iterator[Mark]:
    """Draw a line as small as a word, its last point marked; gaps where there is no figure."""
    if not spans:
        return
    step = (box.width - 2 * _DOT) / max(len(spans) - 1, 1)

    def at(place: int, span: Span) -> Point:
        share = (min(max(span.value, ends[0]), ends[1]) - ends[0]) / (ends[1] - ends[0])
        return box.x + _DOT + step * place, box.bottom - _DOT - (box.height - 2 * _DOT) * share

    points = [(place, span) for place, span in enumerate(spans) if span]
    for _, run in groupby(enumerate(points), key=lambda numbered: numbered[1][0] - numbered[0]):
        line = tuple(at(place, span) for _, (place, span) in run)
        yield Stroke(line if len(line) > 1 else line * 2, inks.soft, 1.2)
    if points and points[-1][0] == len(spans) - 1:
        yield Oval(*at(*points[-1]), _DOT, _DOT, inks.accent)


def _run(spans: Sequence[tuple[float, tuple[float, float, float]]], inks: Inks, *, with_dots: bool) -> Iterator[Mark]:
    """Draw days that follow one another without a gap."""
    lows, values, highs = (tuple((x, levels[end]) for x, levels in spans) for end in range(3))
    if len(spans) == 1:
        yield Stroke((lows[0], highs[0]), inks.rule, 3)
    else:
        yield Area((*highs, *reversed(lows)), inks.rule)
        yield Stroke(values, inks.accent, 1.6)
    if with_dots or len(spans) == 1:
        yield from (Oval(x, y, _DOT, _DOT, inks.accent) for x, y in values)


def _names(placed: Sequence[tuple[float, Day]], base: float, inks: Inks) -> Iterator[Mark]:
    """Name as many days as have room, the last one always."""
    if not placed:
        return
    widest = max(width_of(day.words, _SIZE) for _, day in placed) + 6
    free = placed[-1][0] + widest
    for x, day in reversed(placed):
        if x + widest <= free:
            anchor_x = min(x, placed[-1][0] + _DOT)
            yield Words(anchor_x, base, day.words, _SIZE, inks.soft, anchor="middle" if x < placed[-1][0] else "end")
            free = x if x < placed[-1][0] else x - widest / 2
