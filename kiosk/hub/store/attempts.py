"""Attempts to guess a secret: counted before they are looked at, and slowed down by waits that double.

What is counted is a subject: `address:…` for all that one address tries, `name:…@…` for one name from one address,
`browser:…` for a browser that is known. A name is never slowed down by what other addresses try, nor a known browser by
what others try from its address, or a stranger could keep its owner out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, delete, select, update

from kiosk.hub.store.dialects import insert
from kiosk.hub.store.tables.people import ATTEMPT

FORGOTTEN_MS = 86_400_000
"""A subject that was quiet for so long after its last wait begins anew."""
_FIRST_WAIT_MS, _LONGEST_WAIT_MS = 15_000, 900_000


class TooMany(Exception):
    """The attempt was not looked at: it has to wait."""

    def __init__(self, wait_ms: int) -> None:
        """Say how long."""
        super().__init__(wait_ms)
        self.wait_ms = wait_ms


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """How many attempts of a subject cost nothing."""

    subject: str
    free: int
    is_shared: bool = False
    """Whether others try under it too: who was right does not excuse them."""


def wait_after(failures: int, free: int) -> int:
    """Give the milliseconds to wait after so many failures in a row; 0 while they are free."""
    further = failures - free
    return min(_FIRST_WAIT_MS << min(further - 1, 20), _LONGEST_WAIT_MS) if further > 0 else 0


def count(connection: Connection, limits: Sequence[Limit], now_ms: int) -> None:
    """Count an attempt as failed until `forgive` says that it was right. Raises TooMany, which undoes the counting."""
    if wait_ms := _longest_wait(connection, limits, now_ms):
        raise TooMany(wait_ms)
    for limit in sorted(limits):  # in one order everywhere, or two transactions could wait for each other
        failures = connection.execute(_counted(connection, limit.subject, now_ms)).scalar()
        if failures is None:
            raise TooMany(_longest_wait(connection, limits, now_ms))
        until_ms = now_ms + wait_after(failures, limit.free)
        connection.execute(update(ATTEMPT).where(ATTEMPT.c.subject == limit.subject).values(until_ms=until_ms))


def forgive(connection: Connection, subject: str, now_ms: int) -> None:
    """Take back the attempt just counted, which was right; that does not excuse the wrong ones before it."""
    one_less = update(ATTEMPT).where(ATTEMPT.c.subject == subject, ATTEMPT.c.failures > 0)
    connection.execute(one_less.values(failures=ATTEMPT.c.failures - 1, until_ms=now_ms))
    connection.execute(delete(ATTEMPT).where(ATTEMPT.c.until_ms < now_ms - FORGOTTEN_MS))


def forget(connection: Connection, subject: str) -> None:
    """Begin anew with a subject."""
    connection.execute(delete(ATTEMPT).where(ATTEMPT.c.subject == subject))


def _longest_wait(connection: Connection, limits: Sequence[Limit], now_ms: int) -> int:
    query = select(ATTEMPT.c.until_ms).where(ATTEMPT.c.subject.in_([limit.subject for limit in limits]))
    return max((until_ms - now_ms for until_ms in connection.execute(query).scalars() if until_ms > now_ms), default=0)


def _counted(connection: Connection, subject: str, now_ms: int) -> Any:
    """Give the statement that counts one failure more and tells how many; it finds no row while the subject waits."""
    once = insert(connection, ATTEMPT).values(subject=subject, failures=1, until_ms=now_ms)
    failures = case((ATTEMPT.c.until_ms < now_ms - FORGOTTEN_MS, 1), else_=ATTEMPT.c.failures + 1)
    again = once.on_conflict_do_update(
        index_elements=["subject"], set_={"failures": failures}, where=ATTEMPT.c.until_ms <= now_ms
    )
    return again.returning(ATTEMPT.c.failures)
