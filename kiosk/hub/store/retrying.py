"""The writer of a hub on PostgreSQL: every caller its own transaction, tried again when the server was in the way."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from kiosk.hub.store.failures import NO_ROOM, STANDBY, TOO_SLOW, Busy, explain_server, is_gone, is_undone, sql_state

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""What is done in one transaction; it may be run several times."""

_LONGEST_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between the attempts, at the most."""


@dataclass(slots=True)
class _Attempt:
    """How far one transaction came."""

    is_committing: bool = False


class RetryingWriter:
    """Does work in transactions of its caller's thread; as many at once as the pool has connections."""

    def __init__(self, engine: Engine, pause: Callable[[float], None] = time.sleep) -> None:
        """Write through `engine`."""
        self._engine, self._pause = engine, pause

    @property
    def waiting(self) -> int:
        """How much work is under way."""
        return int(self._engine.pool.checkedout())  # type: ignore[attr-defined]

    def perform(self, work: Work[Result], *, idempotent: bool = False) -> Result:
        """Do work, and give its result once COMMIT returned. Raises what the work raises, and Busy.

        What was certainly not committed is tried again. A connection that broke at COMMIT leaves that open: such work
        is tried again only when it is `idempotent`.
        """
        for longest_wait in _LONGEST_WAITS:
            attempt = _Attempt()
            try:
                return self._transact(work, attempt)
            except DBAPIError as error:
                if not _may_help(error, attempt, idempotent):
                    raise _meaning(error) from error
                _log.warning("trying once more: %s", explain_server(error).message)
            except NoConnection:
                raise Busy("The hub has more to write than it can.", "Try again in a minute.") from None
            self._pause(random.uniform(0, longest_wait))
        raise Busy("The database does not take it now.", "Try again in a minute.")

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()

    def _transact(self, work: Work[Result], attempt: _Attempt) -> Result:
        with self._engine.connect() as connection, connection.begin() as transaction:
            result = work(connection)
            attempt.is_committing = True
            transaction.commit()
            return result


def _meaning(error: DBAPIError) -> Exception:
    """Give what the caller is told of work that is not tried again; the error itself where the work is at fault."""
    if is_gone(error) or sql_state(error) in (TOO_SLOW, NO_ROOM):
        return Busy(explain_server(error).message, "Try again in a minute.")
    return error


def _may_help(error: DBAPIError, attempt: _Attempt, idempotent: bool) -> bool:
    is_away = is_gone(error) or sql_state(error) == STANDBY
    return is_undone(error) or (is_away and (idempotent or not attempt.is_committing))
