"""A day by hour: above, the figure of each hour with its interval; below, how many answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.charts.ink import Inks
from kiosk.charts.interval import Span
from kiosk.charts.lettering import width_of
from kiosk.charts.marks import Block, Box, Mark, Oval, Stroke, Words

_SIZE = 8.0
_GAP = 8.0
_FIGURES_SHARE = 0.5
"""How much of the height the figures get; the counts get the rest."""


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day."""

    words: str
    count: int
    number: str
    """The count as it is written."""
    span: Span | None
    """None where too few answered for a figure."""


def hours(
    box: Box, day: Sequence[Hour], ends: tuple[float, float], labels: dict[float, str], inks: Inks
) -> Iterator[Mark]:
    """Draw the hours so that they fill a box; `labels` are the numbers of the figures' scale.

    Without a single figure the counts get the whole height. Hours too thin for a figure have hollow columns.
    """
    if not day:
        return
    margin = max(width_of(words, _SIZE) for words in labels.values()) + 5
    plot = Box(box.x + margin, box.y, box.width - margin, box.height)
    figures_height = plot.height * _FIGURES_SHARE if any(hour.span for hour in day) else 0.0
    if figures_height:
        yield from _figures(Box(plot.x, plot.y + 3, plot.width, figures_height - _GAP), day, ends, labels, inks)
    counts = Box(plot.x, plot.y + figures_height, plot.width, plot.height - figures_height)
    yield from _counts(counts, day, inks)


def _figures(
    box: Box, day: Sequence[Hour], ends: tuple[float, float], labels: dict[float, str], inks: Inks
) -> Iterator[Mark]:
    def level(value: float) -> float:
        return box.bottom - box.height * (value - ends[0]) / (ends[1] - ends[0])

    for value, words in labels.items():
        yield Block(box.x, level(value) - 0.25, box.width, 0.5, inks.rule)
        yield Words(box.x - 5, level(value) + _SIZE * 0.34, words, _SIZE, inks.soft, anchor="end")
    pitch = box.width / len(day)
    for place, hour in enumerate(day):
        x = box.x + pitch * (place + 0.5)
        if hour.span:
            yield Stroke(((x, level(hour.span.low)), (x, level(hour.span.high))), inks.accent, 1.4)
            yield Oval(x, level(hour.span.value), 2.8, 2.8, inks.accent)


def _counts(box: Box, day: Sequence[Hour], inks: Inks) -> Iterator[Mark]:
    pitch, floor = box.width / len(day), box.bottom - 1.5 * _SIZE
    tallest = floor - box.y - 1.3 * _SIZE
    largest = max(max(hour.count for hour in day), 1)
    stride = _stride(day, pitch)
    for place, hour in enumerate(day):
        x = box.x + pitch * (place + 0.5)
        height, width = tallest * hour.count / largest, min(pitch * 0.7, 26.0)
        if hour.count:
            fill, rim = (inks.rule, None) if hour.span else ("#ffffff", inks.soft)
            yield Block(x - width / 2, floor - height, width, height, fill, outline=rim, outline_width=0.6)
            yield Words(x, floor - height - 2.5, hour.number, _SIZE, inks.ink, anchor="middle")
        if place % stride == 0:
            yield Words(x, box.bottom - 1, hour.words, _SIZE, inks.soft, anchor="middle")
    yield Block(box.x, floor, box.width, 0.75, inks.soft)


def _stride(day: Sequence[Hour], pitch: float) -> int:
    """Tell which hours are named: each, or each second or third, as they fit."""
    widest = max(width_of(hour.words, _SIZE) for hour in day) + 3
    return next((stride for stride in (1, 2, 3) if pitch * stride >= widest), 4)
