"""What customers wrote, to be read and searched: the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select, tuple_

from kiosk.hub.store.places import Seen
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION
from kiosk.hub.store.tables.records import ANSWER
from kiosk.results.question import values_of
from kiosk.results.tally import Scale

LOOKED_AT = 10_000
"""Comments that one search looks through at the most: about half a second's work."""
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


class Cursor(NamedTuple):
    """How far a search has come: the comment that it looked at last."""

    at_ms: int
    answer_id: UUID


@dataclass(frozen=True, slots=True)
class Sought:
    """Which comments are wanted."""

    seen: Seen = None
    location: UUID | None = None
    words: str = ""
    """In whatever case; all comments without any."""
    bounds: tuple[int | None, int | None] = (None, None)
    """UTC milliseconds: the first instant, and the first after the last; None where there is no bound."""


class Found(NamedTuple):
    """What a search found."""

    comments: Sequence[Comment]
    """The newest first."""
    goes_on: Cursor | None
    """After which there may be more, older ones; None where all were looked at."""
    is_cut: bool
    """Whether it ended because it had looked through as many as one search may."""


def find_comments(
    connection: Connection, sought: Sought, after: Cursor | None = None, most: int = 50, looked_at: int = LOOKED_AT
) -> Found:
    """Give the newest comments that are wanted, or those `after` which a search ended, looking through a part of all.

    Who goes on from cursor to cursor until there is none sees every comment once, however many there are.
    """
    query = _newest(sought, after).limit(looked_at + 1)
    with connection.execution_options(yield_per=_BATCH).execute(query) as rows:
        return _matching(rows, sought.words.casefold(), most, looked_at)


def _matching(rows: Iterable[Row[Any]], words: str, most: int, looked_at: int) -> Found:
    found, last = list[Comment](), None
    for number, row in enumerate(rows):
        if number == looked_at or len(found) == most:
            return Found(found, last, len(found) < most)
        last = Cursor(row.at_ms, row.answer_id)
        if words in row.text.casefold():
            found.append(Comment(**row._mapping))
    return Found(found, None, False)


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


def _newest(sought: Sought, after: Cursor | None) -> Select[Any]:
    columns = (
        *(ANSWER.c[name] for name in ("device_id", "visit_id", "at_ms", "is_timed", "question", "language", "text")),
        *(ANSWER.c.id.label("answer_id"), DEVICE.c.location_id, DEVICE.c.name.label("kiosk")),
        *(LOCATION.c.name.label("location"), LOCATION.c.timezone),
        (ANSWER.c.marks != "[]").label("is_doubtful"),
    )
    placed = ANSWER.join(DEVICE, DEVICE.c.id == ANSWER.c.device_id).join(
        LOCATION, LOCATION.c.id == DEVICE.c.location_id
    )
    query = select(*columns).select_from(placed).where(*_wanted(sought))
    if after is not None:
        query = query.where(tuple_(ANSWER.c.at_ms, ANSWER.c.id) < (after.at_ms, after.answer_id))
    return query.order_by(ANSWER.c.at_ms.desc(), ANSWER.c.id.desc())


def _wanted(sought: Sought) -> Iterator[ColumnElement[bool]]:
    yield ANSWER.c.text != ""
    yield ANSWER.c.superseded == 0
    if sought.seen is not None:
        yield DEVICE.c.location_id.in_(list(sought.seen))
    if sought.location is not None:
        yield DEVICE.c.location_id == sought.location
    from_ms, to_ms = sought.bounds
    if from_ms is not None:
        yield ANSWER.c.at_ms >= from_ms
    if to_ms is not None:
        yield ANSWER.c.at_ms < to_ms
