"""What customers wrote, to be read and searched: the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, or_, select

from kiosk.hub.store.places import Seen
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION
from kiosk.hub.store.tables.records import ANSWER
from kiosk.results.question import values_of
from kiosk.results.tally import Scale

_LOOKED_AT = 20_000
"""Comments that one search looks through at the most."""
_VISIT_MS = 3_600_000
"""The answers of one visit lie closer together than this."""
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Comment:
    """The words of one customer."""

    device_id: UUID
    answer_id: UUID
    visit_id: UUID
    location_id: UUID
    location: str
    timezone: str
    kiosk: str
    at_ms: int
    is_timed: bool
    """Whether anybody knows the time of day."""
    question: str
    language: str
    text: str
    is_doubtful: bool
    """Whether the kiosk marked the answer."""


class Found(NamedTuple):
    """What a search found."""

    comments: Sequence[Comment]
    is_all: bool
    """False where there may be more, older ones."""


def find_comments(
    connection: Connection,
    seen: Seen,
    words: str = "",
    location: UUID | None = None,
    before_ms: int | None = None,
    most: int = 50,
) -> Found:
    """Give the newest comments that hold some words, in whatever case, of the places that somebody may see.

    `before_ms` goes on where a search ended.
    """
    query = _newest(seen, location, before_ms)
    rows: Iterator[Row[Any]] = iter(connection.execution_options(yield_per=_BATCH).execute(query.limit(_LOOKED_AT)))
    sought = words.casefold()
    matching = (Comment(**row._mapping) for row in rows if sought in row.text.casefold())
    found = list(islice(matching, most + 1))
    return Found(found[:most], len(found) <= most)


def moods(connection: Connection, comments: Iterable[Comment]) -> Mapping[UUID, float]:
    """Give what the visits of comments answered on a scale first, 0 worst to 1 best, by the comments' ids."""
    wanted = {(each.device_id, each.visit_id): each for each in comments}
    if not wanted:
        return {}
    near = [
        and_(
            ANSWER.c.device_id == each.device_id,
            ANSWER.c.at_ms.between(each.at_ms - _VISIT_MS, each.at_ms + _VISIT_MS),
            ANSWER.c.visit_id == each.visit_id,
        )
        for each in wanted.values()
    ]
    names = ("device_id", "visit_id", "question", "kind", "points", "value")
    query = select(*(ANSWER.c[name] for name in names)).where(
        or_(*near), ANSWER.c.value.is_not(None), ANSWER.c.points > 1, ANSWER.c.superseded == 0
    )
    found: dict[UUID, float] = {}
    for row in connection.execute(query.order_by(ANSWER.c.seq)):
        values = values_of(Scale(row.question, row.kind, row.points))
        mood = (row.value - values[0]) / (len(values) - 1)
        found.setdefault(wanted[row.device_id, row.visit_id].answer_id, mood)
    return found


def _newest(seen: Seen, location: UUID | None, before_ms: int | None) -> Select[Any]:
    columns = (
        *(ANSWER.c[name] for name in ("device_id", "visit_id", "at_ms", "is_timed", "question", "language", "text")),
        *(ANSWER.c.id.label("answer_id"), DEVICE.c.location_id, DEVICE.c.name.label("kiosk")),
        *(LOCATION.c.name.label("location"), LOCATION.c.timezone),
        (ANSWER.c.marks != "[]").label("is_doubtful"),
    )
    placed = ANSWER.join(DEVICE, DEVICE.c.id == ANSWER.c.device_id).join(
        LOCATION, LOCATION.c.id == DEVICE.c.location_id
    )
    query = select(*columns).select_from(placed).where(ANSWER.c.text != "", ANSWER.c.superseded == 0)
    if seen is not None:
        query = query.where(DEVICE.c.location_id.in_(list(seen)))
    if location is not None:
        query = query.where(DEVICE.c.location_id == location)
    if before_ms is not None:
        query = query.where(ANSWER.c.at_ms < before_ms)
    return query.order_by(ANSWER.c.at_ms.desc(), ANSWER.c.id.desc())
