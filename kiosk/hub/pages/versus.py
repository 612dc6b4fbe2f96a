"""Figures of the same kind beside each other, each with its interval on the same part of their scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kiosk.hub.pages import drawing
from kiosk.results.metrics import Figure
from kiosk.telling.edition import Edition
from kiosk.telling.scales import part_of_scale


class Beside(NamedTuple):
    """One of the figures as a page shows it."""

    name: str
    """Whose figure it is."""
    value: str
    """With its interval; a dash where answers are too few."""
    answers: str
    bar: Markup | None


def beside(figures: Iterable[tuple[str, Figure | None, int]], edition: Edition) -> Sequence[Beside]:
    """Show figures: whose each is, the figure (None where answers are too few) and the number of answers."""
    told = list(figures)
    ends = part_of_scale([figure for _, figure, _ in told if figure])
    return [_beside(name, figure, n, ends, edition) for name, figure, n in told]


def _beside(name: str, figure: Figure | None, n: int, ends: tuple[float, float], edition: Edition) -> Beside:
    if figure is None:
        return Beside(name, "–", edition.answers(n), None)
    value = f"{edition.value(figure)} ({edition.interval(figure)})"
    return Beside(name, value, edition.answers(n), drawing.wide_bar(figure, ends, edition))
