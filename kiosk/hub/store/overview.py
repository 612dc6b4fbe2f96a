"""All places side by side: one query for each scale, however many places there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    and_,
    cast,
    func,
    select,
    type_coerce,
)

from kiosk.hub.store.places import Seen
from kiosk.hub.store.surveys import main_scale
from kiosk.hub.store.tables.counts import CHOICE_COUNT, DAY_COUNT
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION, SURVEY
from kiosk.results.question import values_of
from kiosk.results.tally import Scale

Values = tuple[int, ...]
"""How often each step of a scale was given, from the lowest; the number of answers alone where there is no scale."""


_PLACE = type_coerce(DEVICE.c.location_id, String)


class Standing(NamedTuple):
    """One place, and what its main question's answers were."""

    key: object
    """Its id as the driver has it: to make objects of thousands of ids takes longer than to read them."""
    name: str
    scale: Scale | None
    """None as long as none of its kiosks told what it asks."""
    values: Values
    """Empty without answers."""

    @property
    def id(self) -> UUID:
        """Give the place's id."""
        return UUID(str(self.key))


def together(every: Iterable[Values]) -> Values:
    """Add up answers on one scale; empty for none."""
    return tuple(map(sum, zip(*every, strict=True)))


def standings(connection: Connection, seen: Seen, first: date, last: date) -> list[Standing]:
    """Give the places that somebody may see, in no order, each with its answers of some business days."""
    query = select(type_coerce(LOCATION.c.id, String), LOCATION.c.name)
    names = connection.execute(_bounded(query, LOCATION.c.id, seen)).all()
    scales = _main_scales(connection, seen)
    counted: dict[object, Values] = {}
    for scale in set(scales.values()):
        for place, values in _values(connection, scale, seen, first, last):
            if scales.get(place) == scale:
                known = counted.get(place)
                counted[place] = together((known, values)) if known else values
    return [Standing(place, name, scales.get(place), counted.get(place, ())) for place, name in names]


def by_day(
    connection: Connection, scale: Scale, places: Collection[UUID], first: date, last: date
) -> Mapping[UUID, Mapping[date, Values]]:
    """Give the answers of some places on one scale, day by day."""
    days: dict[object, dict[date, Values]] = defaultdict(dict)
    alike = (_PLACE, DAY_COUNT.c.day)
    query = select(*alike, *_sums(scale)).select_from(_counted(scale, first, last)).group_by(*alike)
    for row in connection.execute(query.where(DEVICE.c.location_id.in_(list(places)))).all():
        days[row[0]][row[1]] = row[2:]
    return {UUID(str(place)): daily for place, daily in days.items()}


def choices_of(
    connection: Connection, places: Collection[UUID], first: date, last: date
) -> Mapping[UUID, Mapping[tuple[str, str], int]]:
    """Give how often each choice, by question and id, was made at some places."""
    made = CHOICE_COUNT.join(DEVICE, DEVICE.c.id == CHOICE_COUNT.c.device_id)
    alike = (DEVICE.c.location_id, CHOICE_COUNT.c.question, CHOICE_COUNT.c.choice)
    within = (CHOICE_COUNT.c.day >= first, CHOICE_COUNT.c.day <= last, DEVICE.c.location_id.in_(list(places)))
    query = select(*alike, func.sum(CHOICE_COUNT.c.n)).select_from(made).where(*within).group_by(*alike)
    chosen: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    for location_id, question, choice, n in connection.execute(query):
        chosen[location_id][question, choice] = int(n)
    return chosen


def _main_scales(connection: Connection, seen: Seen) -> dict[object, Scale]:
    """Give the scale of each place's main question, as the kiosk that told it last asks it."""
    told = select(SURVEY.c.received_ms, _PLACE, SURVEY.c.document).join(DEVICE, DEVICE.c.id == SURVEY.c.device_id)
    rows = connection.execute(_bounded(told, DEVICE.c.location_id, seen)).all()
    scales: dict[object, Scale] = {}
    # The database would carry every document through its sorting.
    for _, place, document in sorted(rows, key=itemgetter(0)):
        if scale := main_scale(document):
            scales[place] = scale
    return scales


def _values(
    connection: Connection, scale: Scale, seen: Seen, first: date, last: date
) -> Iterator[tuple[object, Values]]:
    # Kiosk by kiosk, which is the order of both keys: the database sums while it reads, and sorts nothing.
    query: Select[Any] = select(_PLACE, *_sums(scale)).select_from(_counted(scale, first, last)).group_by(DEVICE.c.id)
    for row in connection.execute(_bounded(query, DEVICE.c.location_id, seen)).all():
        yield row[0], row[1:]


def _counted(scale: Scale, first: date, last: date) -> FromClause:
    on_scale = (
        DAY_COUNT.c.device_id == DEVICE.c.id,
        DAY_COUNT.c.question == scale.question,
        DAY_COUNT.c.kind == scale.kind,
        DAY_COUNT.c.points == (scale.points or 0),
    )
    return DEVICE.join(DAY_COUNT, and_(*on_scale, DAY_COUNT.c.day >= first, DAY_COUNT.c.day <= last))


def _sums(scale: Scale) -> list[ColumnElement[Any]]:
    counters = [DAY_COUNT.c[f"v{value}"] for value in values_of(scale)] or [DAY_COUNT.c.n]
    return [cast(func.sum(counter), BigInteger) for counter in counters]  # a sum of PostgreSQL's is a Decimal


def _bounded(query: Select[Any], column: ColumnElement[UUID], seen: Seen) -> Select[Any]:
    return query if seen is None else query.where(column.in_(list(seen)))
