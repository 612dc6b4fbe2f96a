"""All places side by side: one query for each scale, however many places there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, Select, String, and_, func, select, type_coerce

from kiosk.hub.store.places import Seen
from kiosk.hub.store.surveys import main_scale
from kiosk.hub.store.tables.counts import CHOICE_COUNT, DAY_COUNT
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION, SURVEY
from kiosk.results.question import values_of
from kiosk.results.tally import Scale

Values = Counter[str]
"""How often each value of a scale was given."""


_PLACE = type_coerce(DEVICE.c.location_id, String)


class Standing(NamedTuple):
    """One place, and what its main question's answers were."""

    id: UUID
    name: str
    scale: Scale | None
    """None as long as none of its kiosks told what it asks."""
    values: Values


def standings(connection: Connection, seen: Seen, first: date, last: date) -> list[Standing]:
    """Give the places that somebody may see, in no order, each with its answers of some business days."""
    # As the driver has them: to make objects of ids that are only compared takes longer than to read them.
    bare = type_coerce(LOCATION.c.id, String)
    names = connection.execute(_bounded(select(LOCATION.c.id, bare, LOCATION.c.name), LOCATION.c.id, seen))
    scales = _main_scales(connection, seen)
    counted: dict[tuple[object, Scale], Values] = {}
    for scale in set(scales.values()):
        for place, values in _values(connection, scale, seen, first, last):
            if (known := counted.setdefault((place, scale), values)) is not values:
                known.update(values)
    return [
        Standing(location_id, name, scale, counted.get((place, scale), Counter()) if scale else Counter())
        for location_id, place, name in names
        for scale in (scales.get(place),)
    ]


def by_day(
    connection: Connection, scale: Scale, places: Collection[UUID], first: date, last: date
) -> Mapping[UUID, Mapping[date, Values]]:
    """Give the answers of some places on one scale, day by day."""
    days: dict[UUID, dict[date, Values]] = defaultdict(lambda: defaultdict(Counter))
    columns = (DEVICE.c.location_id, DAY_COUNT.c.day, *_counters(scale))
    query = select(*columns).select_from(_counted(scale, first, last)).where(DEVICE.c.location_id.in_(list(places)))
    for row in connection.execute(query):
        days[row[0]][row[1]].update(_given(scale, row[2:]))
    return days


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
    told = select(_PLACE, SURVEY.c.document).join(DEVICE, DEVICE.c.id == SURVEY.c.device_id)
    query = _bounded(told, DEVICE.c.location_id, seen).order_by(SURVEY.c.received_ms)
    scales: dict[object, Scale] = {}
    for place, document in connection.execute(query):
        if scale := main_scale(document):
            scales[place] = scale
    return scales


def _values(
    connection: Connection, scale: Scale, seen: Seen, first: date, last: date
) -> Iterator[tuple[object, Values]]:
    # Kiosk by kiosk, which is the order of both keys: the database sums while it reads, and sorts nothing.
    columns: list[ColumnElement[Any]] = [_PLACE, *(func.sum(counter) for counter in _counters(scale))]
    query: Select[Any] = select(*columns).select_from(_counted(scale, first, last)).group_by(DEVICE.c.id)
    for row in connection.execute(_bounded(query, DEVICE.c.location_id, seen)):
        yield row[0], _given(scale, row[1:])


def _counted(scale: Scale, first: date, last: date) -> FromClause:
    on_scale = (
        DAY_COUNT.c.device_id == DEVICE.c.id,
        DAY_COUNT.c.question == scale.question,
        DAY_COUNT.c.kind == scale.kind,
        DAY_COUNT.c.points == (scale.points or 0),
    )
    return DEVICE.join(DAY_COUNT, and_(*on_scale, DAY_COUNT.c.day >= first, DAY_COUNT.c.day <= last))


def _counters(scale: Scale) -> list[ColumnElement[int]]:
    return [DAY_COUNT.c[f"v{value}"] for value in values_of(scale)] or [DAY_COUNT.c.n]


def _given(scale: Scale, numbers: Sequence[int]) -> Values:
    names = _names(scale)
    given: Values = Counter()
    dict.update(given, ((name, int(number)) for name, number in zip(names, numbers, strict=True) if number))
    return given


@lru_cache(maxsize=64)
def _names(scale: Scale) -> tuple[str, ...]:
    return tuple(map(str, values_of(scale))) or ("n",)


def _bounded(query: Select[Any], column: ColumnElement[UUID], seen: Seen) -> Select[Any]:
    return query if seen is None else query.where(column.in_(list(seen)))
