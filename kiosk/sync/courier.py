"""Brings records to one destination, batch after batch, and keeps how far it came."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from random import Random
from typing import Protocol
from uuid import UUID

from kiosk.clock import Clock
from kiosk.store.delivery import Confirmation, Delivery, Outgoing, Refusal
from kiosk.sync.backoff import Backoff
from kiosk.sync.batch import Batch, pack
from kiosk.sync.destination import CannotSend, Destination
from kiosk.sync.reply import Reply
from kiosk.sync.sender import NoReply, Request
from kiosk.sync.span import Span
from kiosk.sync.trouble import Trouble
from kiosk.sync.verdict import Failed, NotAsItIs, Taken, Verdict
from kiosk.wire.ack import Ack

STOPPED_SECONDS = 60.0
"""How often a courier that only a person can help looks whether somebody has."""
_SOME = 100
"""Records that are read and written at a stretch."""
_SPREAD = 0.2
"""Kiosks that were switched on together shall not all come at the same second."""

_log = logging.getLogger(__name__)


class Outbox(Protocol):
    """Where records come from; `kiosk.store.reader.Reader` is one."""

    device_id: UUID

    def outbox(self, after_seq: int, limit: int) -> list[Outgoing]:
        """Give the next records after one."""

    def deliveries(self, destinations: Sequence[str]) -> list[Delivery]:
        """Tell of each destination how far it is."""


class Ledger(Protocol):
    """Where it is kept what became of them; `kiosk.store.store.Store` is one."""

    def confirm(self, confirmation: Confirmation) -> Future[None]:
        """Keep what a destination said to a batch."""

    def note_trouble(self, destination: str, trouble: str | None) -> Future[None]:
        """Keep what is in a destination's way."""


class Post(Protocol):
    """What carries requests; `kiosk.sync.sender.Sender` is one."""

    def post(self, request: Request) -> Reply:
        """Send a request and give the reply. Raises NoReply."""

    def close(self) -> None:
        """Let go of the connection."""


class Reporter(Protocol):
    """What the kiosk and a hub say to each other besides records."""

    @property
    def must_ask_first(self) -> bool:
        """Tell whether the hub has to be heard before records can leave: nobody knows what time it is."""

    def events(self, delivery: Delivery) -> Sequence[bytes]:
        """Give what is to be said with the next batch."""

    def hear(self, ack: Ack, sent_ms: int, seconds: float) -> None:
        """Take in what the hub says, to a batch that left at `sent_ms` (wall clock) and took so many seconds."""


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one attempt."""

    wait_s: float
    """How long to wait before the next."""
    sent: int = 0
    """Records that were confirmed or parked."""
    is_done: bool = True
    """Whether nothing is left to send for now, or can be."""
    trouble: Trouble | None = None
    detail: str = ""


class Courier:
    """Serves one destination. Used by one thread.

    The cursor moves only after the destination has confirmed, and what was confirmed is kept before the next batch
    leaves: whatever happens in between, the same records go out again under the same ids.
    """

    def __init__(
        self,
        destination: Destination,
        outbox: Outbox,
        ledger: Ledger,
        post: Post,
        clock: Clock,
        random: Random,
        reporter: Reporter | None = None,
        breathe: Callable[[], object] = lambda: None,
    ) -> None:
        """Serve a destination; a `reporter` speaks for the kiosk where the destination wants to hear of it.

        `breathe` is called every few milliseconds of work, for whoever else needs the processor.
        """
        self.destination = destination
        self._outbox, self._ledger, self._post, self._clock = outbox, ledger, post, clock
        self._random, self._reporter, self._breathe = random, reporter, breathe
        self._backoff = Backoff(random)
        self._span = Span(destination.most_events)
        self._turned_away: tuple[str, Failed] | None = None
        """The credential that was not good enough, and what was said of it."""

    def step(self) -> Step:
        """Send the next batch, if there is something to send or to say. Raises StoreError."""
        try:
            credential = self.destination.credential
            if self._turned_away and self._turned_away[0] == credential:
                return self._failed(self._turned_away[1])
            (delivery,) = self._outbox.deliveries([self.destination.key])
            batch = self._pack(delivery)
            if not batch.records and not batch.others:
                return self._idle(delivery)
            verdict = self._exchange(batch)
        except (CannotSend, NoReply) as error:
            return self._failed(Failed(error.trouble, error.detail))
        if isinstance(verdict, Failed):
            if verdict.trouble.stops:
                self._turned_away = (credential, verdict)
            return self._failed(verdict)
        return self._moved_on(verdict, batch, delivery)

    def close(self) -> None:
        """Let go of the connection."""
        self._post.close()

    def _pack(self, delivery: Delivery) -> Batch:
        after = delivery.acked_seq
        limit = self._span.limit(after)
        asks_first = self._reporter is not None and self._reporter.must_ask_first
        records = iter(()) if asks_first else self._records(after, limit)
        others = self._reporter.events(delivery) if self._reporter and not self._span.is_searching else ()
        return pack(records, after, self._outbox.device_id, others)

    def _records(self, after_seq: int, limit: int) -> Iterator[Outgoing]:
        """Give the next records, some at a time, with a breath after each some."""
        while limit > 0 and (some := self._outbox.outbox(after_seq, min(_SOME, limit))):
            yield from some
            after_seq, limit = some[-1].seq, limit - len(some)
            self._breathe()

    def _exchange(self, batch: Batch) -> Verdict:
        request = self.destination.request(batch)
        sent_ms, began = self._clock.now().at_ms, self._clock.seconds()
        verdict = self.destination.verdict(self._post.post(request), batch)
        if isinstance(verdict, Taken) and verdict.ack and self._reporter:
            self._reporter.hear(verdict.ack, sent_ms, self._clock.seconds() - began)
        return verdict

    def _moved_on(self, verdict: Taken | NotAsItIs, batch: Batch, delivery: Delivery) -> Step:
        if isinstance(verdict, Taken):
            return self._confirm(batch, delivery, verdict.refused, verdict.ack)
        if not batch.records:
            return self._failed(Failed(verdict.trouble, verdict.detail))
        if len(batch.records) > 1 or batch.others:
            self._span.halve(len(batch.records), batch.last_seq)
            return Step(0.0, is_done=False)
        (alone,) = batch.records
        refusal = Refusal(alone.seq, alone.record.id, verdict.code, verdict.detail)
        return self._confirm(batch, delivery, (refusal,), None)

    def _confirm(self, batch: Batch, delivery: Delivery, refused: Sequence[Refusal], ack: Ack | None) -> Step:
        for refusal in refused:
            _log.warning("%s: record %s refused: %s", self.destination.key, refusal.record_id, refusal.code)
        lost_after = _lost_after(ack, delivery)
        if lost_after is not None:
            _log.warning("%s lost what came after record %d: it goes again", self.destination.key, lost_after)
        acked_seq = batch.last_seq if lost_after is None else lost_after
        highest_seq = ack.highest_sequence if ack else delivery.highest_seq
        self._ledger.confirm(Confirmation(self.destination.key, acked_seq, refused, highest_seq)).result()
        self._backoff.reset()
        self._turned_away = None
        sent = len(batch.records)
        if lost_after is not None or sent < delivery.waiting:
            return Step(0.0, sent, is_done=False)
        return Step(self._spread(ack.next_sync_s if ack else self.destination.usual_seconds), sent)

    def _idle(self, delivery: Delivery) -> Step:
        if delivery.trouble:
            self._ledger.note_trouble(self.destination.key, None).result()
        return Step(self._spread(self.destination.usual_seconds))

    def _failed(self, failed: Failed) -> Step:
        _log.info("%s: %s %s", self.destination.key, failed.trouble, failed.detail)
        self._ledger.note_trouble(self.destination.key, failed.trouble).result()
        wait_s = STOPPED_SECONDS if failed.trouble.stops else self._backoff.delay(failed.asked_wait_s)
        return Step(wait_s, trouble=failed.trouble, detail=failed.detail)

    def _spread(self, seconds: float) -> float:
        return seconds * self._random.uniform(1 - _SPREAD, 1 + _SPREAD)


def _lost_after(ack: Ack | None, delivery: Delivery) -> int | None:
    """Give the last record that a hub still had, if it was brought back from an older copy; None for all is well."""
    if ack is None or ack.held_sequence is None or ack.held_sequence >= delivery.highest_seq:
        return None
    return ack.held_sequence
