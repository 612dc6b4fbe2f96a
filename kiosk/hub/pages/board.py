"""Which place needs somebody most: all places by their shrunk figure, one table for each metric and scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from kiosk.hub.store.overview import Standing, together
from kiosk.results.metrics import Figure
from kiosk.results.question import figure_in_order
from kiosk.results.sample import Sample, sample_of
from kiosk.results.shrinkage import Shrinkage, shrinkage
from kiosk.results.tally import Scale

SMALL_SAMPLE = 10
"""Below this many answers a place has no figure here, whatever its kiosks' own setting is."""


class Ranked(NamedTuple):
    """One place with answers enough for a figure."""

    standing: Standing
    scale: Scale
    figure: Figure
    shrunk: float
    """What it is ranked by, in points of the metric."""
    side: int
    """-1 where the whole interval lies below the mean of all, 1 above it, 0 where that is not clear."""

    @property
    def id(self) -> UUID:
        """Give the place's id."""
        return self.standing.id

    @property
    def name(self) -> str:
        """Give the place's name."""
        return self.standing.name

    @property
    def sample(self) -> Sample:
        """Tell how much the figure can carry."""
        return sample_of(self.figure.n, SMALL_SAMPLE)


@dataclass(frozen=True, slots=True)
class Table:
    """Places whose figures can be compared."""

    metric: str
    shrinkage: Shrinkage
    total: Figure
    """Of all answers together."""
    places: Sequence[Ranked]
    """The one that needs somebody most first."""

    @property
    def key(self) -> str:
        """Give what the table is called in an address."""
        scale = self.places[0].scale
        return f"{scale.kind}-{scale.points}"


@dataclass(frozen=True, slots=True)
class Board:
    """All places that somebody may see."""

    tables: Sequence[Table]
    thin: Sequence[tuple[Standing, int]]
    """Those with too few answers for a figure, and how many they have."""


def board(standings: Iterable[Standing]) -> Board:
    """Rank places. Those whose main question has no figure (a choice, a text) are among the thin ones."""
    alike: dict[tuple[str, int | None], list[tuple[Standing, Scale]]] = {}
    thin: list[tuple[Standing, int]] = []
    for standing in standings:
        scale, n = standing.scale, sum(standing.values)
        if scale is None or scale.points is None or n < SMALL_SAMPLE:
            thin.append((standing, n))
        else:
            alike.setdefault((scale.kind, scale.points), []).append((standing, scale))
    tables = [table for places in alike.values() if (table := _table(places))]
    tables.sort(key=lambda table: -len(table.places))
    return Board(tables, sorted(thin, key=lambda pair: pair[0].name.casefold()))


def _table(places: Sequence[tuple[Standing, Scale]]) -> Table | None:
    scale = places[0][1]
    drawn = shrinkage(scale, [standing.values for standing, _ in places])
    total = figure_in_order(scale, together(standing.values for standing, _ in places))
    if drawn is None or total is None:
        return None
    ranked = [one for standing, own in places if (one := _ranked(standing, own, drawn))]
    ranked.sort(key=lambda place: (place.shrunk, place.name.casefold()))
    return Table(total.metric, drawn, total, ranked)


def _ranked(standing: Standing, scale: Scale, drawn: Shrinkage) -> Ranked | None:
    figure = figure_in_order(scale, standing.values)
    if figure is None or figure.value is None or figure.low is None or figure.high is None:
        return None
    side = (figure.low > drawn.mean) - (figure.high < drawn.mean)
    return Ranked(standing, scale, figure, drawn.shrunk(figure.value, figure.n), side)
