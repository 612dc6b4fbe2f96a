"""A batch: records in the order they were counted, as many as fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from kiosk.answer import Answer, Visit
from kiosk.store.delivery import Outgoing
from kiosk.wire.base import MAX_BYTES
from kiosk.wire.event import ERASE
from kiosk.wire.writing import Event, answer_event, counted_event, encoded, joined, visit_event

_ROOM = MAX_BYTES - 64 * 1024
"""Bytes for records; what is left is for the kiosk's report and its survey."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes out in one request."""

    records: Sequence[Outgoing]
    encoded_records: Sequence[bytes]
    after_seq: int
    """Where the batch begins: the record before it."""
    others: Sequence[bytes] = ()
    """Events that are no records: they come last, so that a record's place in the batch is its place in `records`."""

    @property
    def last_seq(self) -> int:
        """Give the number of the last record; of the one before the batch where it has none."""
        return self.records[-1].seq if self.records else self.after_seq

    @property
    def body(self) -> bytes:
        """Give all events as a JSON array."""
        return joined([*self.encoded_records, *self.others])


def pack(records: Iterable[Outgoing], after_seq: int, device_id: UUID, others: Sequence[bytes] = ()) -> Batch:
    """Pack records up to the size of a batch; at least one."""
    taken: list[Outgoing] = []
    pieces: list[bytes] = []
    size = 0
    for outgoing in records:
        piece = encoded(_event(outgoing, device_id))
        size += len(piece) + 1
        if pieces and size > _ROOM:
            break
        taken.append(outgoing)
        pieces.append(piece)
    return Batch(taken, pieces, after_seq, others)


def _event(outgoing: Outgoing, device_id: UUID) -> Event:
    record = outgoing.record
    if isinstance(record, Answer):
        return answer_event(record, outgoing.corrected_ms, device_id)
    if isinstance(record, Visit):
        return visit_event(record, outgoing.corrected_ms, device_id)
    data = {"answer_id": str(record.answer_id), "erased_ms": outgoing.corrected_ms}
    return counted_event(ERASE, record.id, record.seq, outgoing.corrected_ms, device_id, data)
