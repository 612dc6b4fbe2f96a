"""How sure a figure is, drawn: a scale, the interval as a bar on it, the figure as a line through the bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.charts.ink import Inks
from kiosk.charts.lettering import width_of
from kiosk.charts.marks import Anchor, Block, Box, Mark, Stroke, Words

_NARROWEST = 3.0
"""Points that even the surest interval is wide, so that it can be seen."""
_LETTERING, _SMALL = 8.0, 7.0
_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with its interval."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class Flag:
    """Something else on the scale that a figure is held against: a goal, what others reach."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Before:
    """The figure of an earlier time, to be drawn below the one of now."""

    span: Span
    words: str
    """When that was."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A line of numbers, drawn from `left` over `width` points."""

    lowest: float
    highest: float
    left: float
    width: float

    def at(self, value: float) -> float:
        """Give where a value is; values beyond the ends are at the ends."""
        share = (value - self.lowest) / (self.highest - self.lowest)
        return self.left + self.width * max(0.0, min(1.0, share))


def interval_bar(
    box: Box, ends: tuple[float, float], span: Span, inks: Inks, before: Before | None = None
) -> Iterator[Mark]:
    """Draw a figure's interval as high as a box; an earlier one, thin and hollow, takes its lower part."""
    scale = Scale(*ends, box.x, box.width)
    height = box.height * (0.56 if before else 1)
    yield Block(box.x, box.y + height / 2 - 0.5, box.width, 1, inks.rule)
    yield from _solid(scale, span, box.y, height, inks)
    if before:
        top = box.y + height + box.height * 0.16
        yield from _hollow(scale, before, top, box.bottom - top, inks)


def flags(box: Box, ends: tuple[float, float], marks: Sequence[Flag], inks: Inks) -> Iterator[Mark]:
    """Draw what a figure is held against as dashed lines through a box, their words above it, none over another."""
    scale = Scale(*ends, box.x, box.width)
    level, taken = box.y - _GAP, -1.0
    for flag in sorted(marks, key=lambda flag: flag.value):
        x, wide = scale.at(flag.value), width_of(flag.words, _LETTERING)
        yield Stroke(((x, box.y - 2), (x, box.bottom + 2)), inks.ink, 0.8, dash=2)
        start = max(box.x, min(x - wide / 2, box.right - wide))
        if start < taken:
            level -= _LETTERING * 1.2
        taken = start + wide + _GAP
        yield Words(start, level, flag.words, _LETTERING, inks.soft)


def ticks(box: Box, ends: tuple[float, float], labels: dict[float, str], inks: Inks) -> Iterator[Mark]:
    """Write the numbers of a scale below a box, the outer ones flush with its ends."""
    scale = Scale(*ends, box.x, box.width)
    for value, words in labels.items():
        x = scale.at(value)
        yield Stroke(((x, box.bottom + 3), (x, box.bottom + 6)), inks.rule, 0.75)
        anchor: Anchor = "start" if value == ends[0] else "end" if value == ends[1] else "middle"
        yield Words(x, box.bottom + 8 + _LETTERING, words, _LETTERING, inks.soft, anchor=anchor)


def _solid(scale: Scale, span: Span, y: float, height: float, inks: Inks) -> Iterator[Mark]:
    left, right = _edges(scale, span)
    middle, reach = scale.at(span.value), min(3.0, height * 0.3)
    yield Block(left, y, right - left, height, inks.accent, radius=min(2.5, height / 2))
    yield Block(middle - 2, y - reach, 4, height + 2 * reach, "#ffffff")
    yield Block(middle - 1, y - reach, 2, height + 2 * reach, inks.ink)


def _hollow(scale: Scale, before: Before, y: float, height: float, inks: Inks) -> Iterator[Mark]:
    left, right = _edges(scale, before.span)
    middle, wide = scale.at(before.span.value), width_of(before.words, _SMALL)
    yield Block(left, y, right - left, height, "#ffffff", radius=min(2.5, height / 2), outline=inks.soft)
    yield Block(middle - 1, y, 2, height, inks.soft)
    base = y + height / 2 + _SMALL * 0.34
    if left - wide - _GAP > scale.left:
        yield Words(left - _GAP, base, before.words, _SMALL, inks.soft, anchor="end")
    else:
        yield Words(right + _GAP, base, before.words, _SMALL, inks.soft)


def _edges(scale: Scale, span: Span) -> tuple[float, float]:
    """Give where an interval begins and ends, with a width that can be seen."""
    left, right = scale.at(span.low), scale.at(span.high)
    lacking = max(0.0, _NARROWEST - (right - left))
    return left - lacking / 2, right + lacking / 2
