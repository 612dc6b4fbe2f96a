"""A difference with its interval on a scale around zero: clear is what does not touch the middle."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.charts.ink import Inks
from kiosk.charts.interval import Span, interval_bar, ticks
from kiosk.charts.marks import Box, Mark, Stroke


def difference(box: Box, reach: float, span: Span, labels: dict[float, str], inks: Inks) -> Iterator[Mark]:
    """Draw a difference on a scale from `-reach` to `reach`, zero a strong line through its middle."""
    ends = (-reach, reach)
    yield from interval_bar(box, ends, span, inks)
    middle = box.x + box.width / 2
    yield Stroke(((middle, box.y - 5), (middle, box.bottom + 5)), inks.ink, 1, dash=2)
    yield from ticks(box, ends, labels, inks)
