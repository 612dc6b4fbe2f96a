"""Which records of a batch the hub has already, and which can never be taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection, or_, select

from kiosk.hub.store.arrivals import Arrival, Arrivals
from kiosk.hub.store.tables.records import ANSWER, VISIT
from kiosk.wire.problem import ProblemType

OTHER_CONTENT = "this id is stored with another content"
OTHER_RECORD = "this sequence number is another record's: two kiosks seem to send as one"


@dataclass(slots=True)
class Sieve:
    """Records by id and by number: those that are stored, and those of the batch that came before."""

    by_id: dict[UUID, tuple[int, bytes]] = field(default_factory=dict)
    by_seq: dict[int, UUID] = field(default_factory=dict)

    def note(self, record_id: UUID, seq: int, digest: bytes) -> None:
        """Remember a record."""
        self.by_id[record_id] = seq, digest
        self.by_seq[seq] = record_id


@dataclass(slots=True)
class Sorted:
    """What becomes of the records of a batch."""

    fresh: list[Arrival] = field(default_factory=list)
    duplicates: int = 0
    is_cloned: bool = False
    """Whether another record has the number of one of these."""


def sort_out(connection: Connection, device_id: UUID, arrivals: Arrivals, highest_seq: int) -> Sorted:
    """Tell new records from known ones, and reject those that contradict what is stored.

    Needs that nobody else writes for this device. Records above `highest_seq` need no look at what is stored, unless
    the database then refuses them for their id.
    """
    sieve = _stored(connection, device_id, [each for each in arrivals.records if each.seq <= highest_seq])
    outcome = Sorted()
    for arrival in arrivals.records:
        _place(arrival, sieve, arrivals, outcome)
    return outcome


def _place(arrival: Arrival, sieve: Sieve, arrivals: Arrivals, outcome: Sorted) -> None:
    record = arrival.event
    known = sieve.by_id.get(record.id)
    if known == (arrival.seq, arrival.digest):
        outcome.duplicates += 1
    elif known is not None:
        arrivals.reject(arrival, ProblemType.CONFLICT, OTHER_CONTENT)
    elif arrival.seq in sieve.by_seq:
        outcome.is_cloned = True
        arrivals.reject(arrival, ProblemType.CONFLICT, OTHER_RECORD)
    else:
        sieve.note(record.id, arrival.seq, arrival.digest)
        outcome.fresh.append(arrival)


def _stored(connection: Connection, device_id: UUID, arrivals: Collection[Arrival]) -> Sieve:
    sieve = Sieve()
    if not arrivals:
        return sieve
    ids, numbers = [each.event.id for each in arrivals], [each.seq for each in arrivals]
    for table in (ANSWER, VISIT):
        same = or_(table.c.id.in_(ids), table.c.seq.in_(numbers))
        query = select(table.c.id, table.c.seq, table.c.digest).where(table.c.device_id == device_id, same)
        for row in connection.execute(query):
            sieve.note(*row)
    return sieve
