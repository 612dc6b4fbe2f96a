"""Faults planted in kiosk and hub for the length of a test, to see that the tests of delivery would find them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

from kiosk.hub.store import ingest
from kiosk.hub.store.arrivals import Arrivals
from kiosk.hub.store.group_commit import GroupWriter, _try
from kiosk.hub.store.known import Sorted
from kiosk.store.delivery import Confirmation
from kiosk.sync.batch import Batch
from kiosk.sync.courier import Courier
from kiosk.sync.hub import HubDestination
from kiosk.sync.verdict import Taken, Verdict


def cursor_before_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kiosk moves its cursor when it sends, not when the hub has confirmed."""
    exchange = Courier._exchange

    def hasty(self: Courier, batch: Batch) -> Verdict:
        if batch.records:
            self._ledger.confirm(Confirmation(self.destination.key, batch.last_seq)).result()
        return exchange(self, batch)

    monkeypatch.setattr(Courier, "_exchange", hasty)


def belief_in_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kiosk takes whatever is answered for a confirmation."""
    monkeypatch.setattr(HubDestination, "verdict", lambda *_: Taken())


def answer_before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub answers when the work is done, and commits afterwards."""

    def hasty(self: GroupWriter, jobs: list[Any]) -> None:
        self._connection = self._connection or self._engine.connect()
        try:
            with self._connection.begin():
                for job in jobs:
                    _try(self._connection, job)()
        except DBAPIError:
            self._disconnect()

    monkeypatch.setattr(GroupWriter, "_commit", hasty)


def no_memory_of_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub does not know a record again, and counts it each time it comes."""
    insert = ingest._insert

    def all_fresh(_: Connection, __: UUID, arrivals: Arrivals, ___: int) -> Sorted:
        return Sorted(fresh=list(arrivals.records))

    def all_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> ingest.Rows:
        insert(connection, table, rows)
        return {row["id"]: row for row in rows}

    monkeypatch.setattr(ingest, "sort_out", all_fresh)
    monkeypatch.setattr(ingest, "_insert", all_rows)
