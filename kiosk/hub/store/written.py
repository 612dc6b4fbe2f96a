"""What customers wrote in their own words: found by its receipt, and forgotten when it is old enough."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Text,
    and_,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    update,
)

from kiosk.hub.store.erasures import erase
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION
from kiosk.hub.store.tables.records import ANSWER
from kiosk.receipt import Receipt

_DAY_MS = 86_400_000
_HAS_TEXT = ANSWER.c.text != literal_column("''")  # as the index of texts has it


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in words that is still there."""

    device_id: UUID
    answer_id: UUID


@dataclass(frozen=True, slots=True)
class Outdated:
    """A kiosk that has texts which are older than its location keeps them."""

    device_id: UUID
    before_ms: int
    """Older than this."""


def written(
    connection: Connection, name: UUID | Receipt, locations: Collection[UUID] | None = None
) -> tuple[Written, ...]:
    """Give all that was written in the visit of the answer with this name: none where no such text is there.

    `locations` are those to look in; None is all. Looks at every text that is still there.
    """
    named = ANSWER.c.id == name if isinstance(name, UUID) else cast(ANSWER.c.id, Text).endswith(name.ending)
    visits = select(ANSWER.c.device_id, ANSWER.c.visit_id).where(_HAS_TEXT, named, _within(locations))
    same = [
        and_(ANSWER.c.device_id == device, ANSWER.c.visit_id == visit) for device, visit in connection.execute(visits)
    ]
    texts = select(ANSWER.c.device_id, ANSWER.c.id).where(_HAS_TEXT, or_(false(), *same))
    return tuple(Written(*row) for row in connection.execute(texts.order_by(*texts.selected_columns)))


def erase_written(connection: Connection, texts: Collection[Written], now_ms: int) -> int:
    """Erase texts for good; tell how many. Their kiosks are told with their next batch."""
    ordered = sorted(texts, key=lambda each: (each.device_id, each.answer_id))
    return sum(
        erase(connection, device_id, {each.answer_id: now_ms for each in of_device})
        for device_id, of_device in groupby(ordered, key=lambda each: each.device_id)
    )


def outdated(connection: Connection, now_ms: int) -> Iterator[Outdated]:
    """Give the kiosks that have texts older than their location keeps them."""
    placed = DEVICE.join(LOCATION, DEVICE.c.location_id == LOCATION.c.id).join(
        ANSWER, ANSWER.c.device_id == DEVICE.c.id
    )
    before_ms = now_ms - cast(LOCATION.c.keep_text_days, BigInteger) * _DAY_MS
    query = select(DEVICE.c.id, func.min(before_ms)).select_from(placed)
    for row in connection.execute(query.where(_HAS_TEXT, _is_old(before_ms)).group_by(DEVICE.c.id)):
        yield Outdated(*row)


def forget(connection: Connection, old: Outdated) -> int:
    """Empty a kiosk's outdated texts; tell how many. No tombstone is needed: what is there is not written again."""
    which = ANSWER.c.device_id == old.device_id, _HAS_TEXT, _is_old(old.before_ms)
    return connection.execute(update(ANSWER).where(*which).values(text="")).rowcount


def _is_old(before_ms: ColumnElement[int] | int) -> ColumnElement[bool]:
    """By the time of the tap, if anybody knows it; a text is here no longer than that in any case."""
    return or_(and_(ANSWER.c.is_timed, ANSWER.c.at_ms < before_ms), ANSWER.c.received_ms < before_ms)


def _within(locations: Collection[UUID] | None) -> ColumnElement[bool]:
    if locations is None:
        return ANSWER.c.device_id.is_not(None)
    return ANSWER.c.device_id.in_(select(DEVICE.c.id).where(DEVICE.c.location_id.in_(locations)))
