"""Who has signed in. A cookie's value is not kept, only its hash."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from kiosk.hub.store.tables.people import SESSION

IDLE_MS = 12 * 3_600_000
"""A session that nobody uses for so long is over: the next morning asks for the password again."""
LONGEST_MS = 30 * 86_400_000
"""However it is used, a session is over then."""
_SEEN_AGAIN_MS = 60_000
"""How exactly the last use is known: not every page costs a write."""


def begin(connection: Connection, session_hash: str, person_id: UUID, now_ms: int) -> None:
    """Let somebody in."""
    row = {"hash": session_hash, "person_id": person_id, "made_ms": now_ms, "seen_ms": now_ms}
    connection.execute(insert(SESSION).values(row | {"ends_ms": now_ms + LONGEST_MS}))
    connection.execute(delete(SESSION).where(_is_over(now_ms)))


def person_in(connection: Connection, session_hash: str, now_ms: int) -> tuple[UUID, bool] | None:
    """Give who has signed in with a session that is not over, and whether its use is to be noted."""
    query = select(SESSION.c.person_id, SESSION.c.seen_ms).where(SESSION.c.hash == session_hash, ~_is_over(now_ms))
    row = connection.execute(query).first()
    return (row.person_id, now_ms - row.seen_ms >= _SEEN_AGAIN_MS) if row else None


def see(connection: Connection, session_hash: str, now_ms: int) -> None:
    """Note that a session is in use."""
    connection.execute(update(SESSION).where(SESSION.c.hash == session_hash).values(seen_ms=now_ms))


def end(connection: Connection, session_hash: str) -> None:
    """Sign out."""
    connection.execute(delete(SESSION).where(SESSION.c.hash == session_hash))


def end_all(connection: Connection, person_id: UUID, but: str | None = None) -> None:
    """Sign a person out everywhere, but in the session with this hash."""
    query = delete(SESSION).where(SESSION.c.person_id == person_id)
    connection.execute(query if but is None else query.where(SESSION.c.hash != but))


def _is_over(now_ms: int) -> ColumnElement[bool]:
    return or_(SESSION.c.seen_ms <= now_ms - IDLE_MS, SESSION.c.ends_ms <= now_ms)
