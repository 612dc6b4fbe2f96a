"""The scale that each metric is drawn on."""

from __future__ import annotations

from kiosk.charts.interval import Span
from kiosk.results.metrics import Figure
from kiosk.telling.phrasing import Phrasing

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
