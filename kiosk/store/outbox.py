"""Reading what is to be sent, in the order it was counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, Row, Select, Table, bindparam, func, select

from kiosk.store.delivery import Delivery, Erasure, Outgoing, Parked, Refusal
from kiosk.store.queries import corrected_ms
from kiosk.store.rows import answer_from, visit_from
from kiosk.store.tables import ANSWER, DELIVERY, DEVICE, ERASURE, REFUSED, VISIT


def outgoing(connection: Connection, after_seq: int, limit: int) -> list[Outgoing]:
    """Give the next records after one, of all kinds together."""
    found = _between(connection, after_seq, after_seq + limit, limit)
    if not found:  # there is no gap in the numbers, unless somebody made one
        found = _between(connection, after_seq, _LAST_SEQ, limit)
    return found


def _between(connection: Connection, after_seq: int, until_seq: int, limit: int) -> list[Outgoing]:
    span = {"after_seq": after_seq, "until_seq": until_seq, "limit": limit}
    found: list[Outgoing] = []
    for following, read in _FOLLOWING:
        rows = connection.execute(following, span)
        found.extend(Outgoing(read(row), row.seq, row.corrected_ms) for row in rows)
    return sorted(found, key=attrgetter("seq"))[:limit]


def deliveries(connection: Connection, destinations: Iterable[str]) -> Iterator[Delivery]:
    """Tell of each of these destinations how far it is."""
    newest = int(connection.execute(select(DEVICE.c.next_seq)).scalar_one()) - 1
    for destination in destinations:
        row = connection.execute(select(DELIVERY).where(DELIVERY.c.destination == destination)).first()
        told: dict[str, Any] = row._asdict() if row else {"destination": destination, "acked_seq": 0}
        waiting = newest - told["acked_seq"]
        oldest = outgoing(connection, told["acked_seq"], 1)
        refused = select(func.count()).where(REFUSED.c.destination == destination)
        yield Delivery(
            **told,
            waiting=waiting,
            oldest_ms=oldest[0].corrected_ms if oldest else None,
            refused=int(connection.execute(refused).scalar_one()),
        )


def parked(connection: Connection, destinations: Iterable[str] | None) -> Iterator[Parked]:
    """Give what was refused, the latest first; by these destinations, or by whichever."""
    refused = select(REFUSED).order_by(REFUSED.c.at_ms.desc(), REFUSED.c.seq.desc())
    if destinations is not None:
        refused = refused.where(REFUSED.c.destination.in_(tuple(destinations)))
    for row in connection.execute(refused):
        yield Parked(row.destination, Refusal(row.seq, UUID(row.record_id), row.code, row.detail), row.at_ms)


def _erasure_from(row: Row[Any]) -> Erasure:
    return Erasure(UUID(row.id), row.seq, UUID(row.answer_id), row.at_ms)


def _following(table: Table) -> Select[Any]:
    columns: list[Any] = [*table.c, corrected_ms(table).label("corrected_ms")]
    span = table.c.seq > bindparam("after_seq", type_=Integer), table.c.seq <= bindparam("until_seq", type_=Integer)
    return select(*columns).where(*span).order_by(table.c.seq).limit(bindparam("limit", type_=Integer))


_LAST_SEQ = (1 << 63) - 1
_FOLLOWING: tuple[tuple[Select[Any], Callable[[Row[Any]], Any]], ...] = (
    (_following(ANSWER), answer_from),
    (_following(VISIT), visit_from),
    (_following(ERASURE), _erasure_from),
)
"""Made once: SQLAlchemy takes longer to put such a statement together than SQLite to answer it."""
