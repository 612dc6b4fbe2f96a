"""Charts as pages show them: the drawings of the report, at a size that phones can read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from kiosk.charts.difference import difference
from kiosk.charts.hours import Hour, hours
from kiosk.charts.ink import Inks
from kiosk.charts.interval import Before, Flag, Span, flags, interval_bar, ticks
from kiosk.charts.marks import Box, Mark
from kiosk.charts.svg import svg
from kiosk.charts.trend import Day, spark, trend
from kiosk.results.comparison import Comparison, Verdict
from kiosk.results.hours import HourFigure
from kiosk.results.metrics import Figure
from kiosk.results.sample import Sample
from kiosk.results.trend import Trend
from kiosk.telling.phrasing import Phrasing
from kiosk.telling.scales import ends_of, marks_of, part_of_scale, scale_labels, span_of
from kiosk.words import N_

if TYPE_CHECKING:
    from kiosk.config.sections import Results

WIDTH = 270.0
"""Points that a chart is wide: on a phone a point is then a little more than a pixel of the page."""
INKS = Inks()
_SCALE_HEIGHT, _FLAG_HEIGHT = 42.0, 16.0
_SPARK = (74.0, 22.0)
_BAR = (120.0, 12.0)


def drawn(marks: Iterable[Mark], height: float, title: str, width: float = WIDTH) -> Markup:
    """Draw marks into a page. The XML library has written it: no text can become anything but text."""
    return Markup(svg(marks, width, height, title))


def scale_chart(
    figure: Figure, wanted: Results, comparison: Comparison | None, before_words: str, phrasing: Phrasing
) -> Markup:
    """Draw a figure with its interval on its scale, beside its goal and the time before."""
    ends, marks = ends_of(figure.metric), [Flag(*mark) for mark in marks_of(wanted, phrasing)]
    top = 6.0 + _FLAG_HEIGHT * bool(marks) * (1 + (len(marks) > 1) * 0.7)
    box = Box(1, top, WIDTH - 2, 17)
    before = None
    if comparison and comparison.verdict is not Verdict.TOO_FEW and comparison.before.value is not None:
        before = Before(span_of(comparison.before), before_words)
    drawing = [
        *interval_bar(box, ends, span_of(figure), INKS, before),
        *ticks(box, ends, scale_labels(figure.metric, phrasing), INKS),
        *flags(Box(box.x, box.y, box.width, box.height / 2), ends, marks, INKS),
    ]
    title = phrasing.say(N_("The figure with its interval: {value} ({interval})"), **_told(figure, phrasing))
    return drawn(drawing, top + _SCALE_HEIGHT, title)


def small_bar(figure: Figure, ends: tuple[float, float], mean: float | None, phrasing: Phrasing) -> Markup:
    """Draw a figure with its interval in a row of a table; `mean` is a dashed line through it."""
    width, height = _BAR
    box = Box(2, 3, width - 4, height - 2)
    lines = [Flag(mean, "")] if mean is not None else []
    drawing = [*interval_bar(box, ends, span_of(figure), INKS), *flags(box, ends, lines, INKS)]
    return drawn(drawing, height + 4, phrasing.interval(figure), width)


def wide_bar(figure: Figure, ends: tuple[float, float], phrasing: Phrasing) -> Markup:
    """Draw a figure with its interval and the numbers of the part of its scale that is shown."""
    box = Box(1, 4, WIDTH - 2, 12)
    labels = {end: phrasing.short_number(end) for end in (ends[0], sum(ends) / 2, ends[1])}
    drawing = [*interval_bar(box, ends, span_of(figure), INKS), *ticks(box, ends, labels, INKS)]
    return drawn(drawing, 36, phrasing.interval(figure))


def difference_chart(comparison: Comparison, phrasing: Phrasing) -> Markup:
    """Draw a difference with its interval around zero."""
    low, value, high = (number or 0.0 for number in (comparison.low, comparison.difference, comparison.high))
    whole = ends_of(comparison.now.metric)
    step = (whole[1] - whole[0]) / 20
    reach = step * math.ceil(max(abs(low), abs(high), step) / step)
    labels = {end: _signed(end, phrasing) for end in (-reach, 0.0, reach)}
    marks = difference(Box(1, 8, WIDTH - 2, 14), reach, Span(low, value, high), labels, INKS)
    return drawn(marks, 46, phrasing.say(N_("The difference with its interval")))


def sparkline(figures: Sequence[Figure | None], ends: tuple[float, float], title: str) -> Markup:
    """Draw how a figure went, as small as a word."""
    width, height = _SPARK
    spans = [span_of(figure) if figure else None for figure in figures]
    return drawn(spark(Box(0, 0, width, height), spans, ends, INKS), height, title, width)


def hours_chart(day: Sequence[HourFigure], metric: str, phrasing: Phrasing, height: float = 170) -> Markup:
    """Draw a day by hour."""
    shown = [Hour(f"{hour.hour:02}", hour.n, phrasing.number(hour.n), _span(hour)) for hour in day]
    labels = scale_labels(metric, phrasing, few=True)
    marks = hours(Box(1, 2, WIDTH - 2, height - 4), shown, ends_of(metric), labels, INKS)
    return drawn(marks, height, phrasing.say(N_("Hour by hour")))


def trend_chart(days: Trend, goal: float | None, phrasing: Phrasing, height: float = 150) -> Markup:
    """Draw a figure day by day, on the part of its scale that it moved on."""
    figures = [point.figure if point.sample is not Sample.COUNTS_ONLY else None for point in days.points]
    ends = part_of_scale([figure for figure in figures if figure], goal)
    shown = [
        Day(phrasing.day_and_month(point.day), span_of(figure) if figure else None)
        for point, figure in zip(days.points, figures, strict=True)
    ]
    labels = {end: phrasing.short_number(end) for end in (*ends, sum(ends) / 2)}
    marks = trend(Box(1, 2, WIDTH - 2, height - 4), shown, ends, labels, INKS, goal)
    return drawn(marks, height, phrasing.say(N_("Day by day")))


def _signed(value: float, phrasing: Phrasing) -> str:
    return f"{'+' if value > 0 else ''}{phrasing.short_number(value)}"


def _span(hour: HourFigure) -> Span | None:
    return None if hour.is_thin or hour.figure is None else span_of(hour.figure)


def _told(figure: Figure, phrasing: Phrasing) -> dict[str, str]:
    return {"value": phrasing.value(figure), "interval": phrasing.interval(figure)}
