"""Tokens with which programs read what their makers may read. The token itself is not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from kiosk.hub.store.tables.people import API_TOKEN

_USED_AGAIN_MS = 60_000
"""How exactly the last use is known: not every request costs a write."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its maker sees it again: never the token itself."""

    hash: str
    name: str
    made_ms: int
    used_ms: int | None


def keep(connection: Connection, token_hash: str, person_id: UUID, name: str, now_ms: int) -> None:
    """Keep a new token's hash."""
    row = {"hash": token_hash, "person_id": person_id, "name": name, "made_ms": now_ms}
    connection.execute(insert(API_TOKEN).values(row))


def tokens_of(connection: Connection, person_id: UUID) -> Sequence[ApiToken]:
    """Give the tokens of a person that can be used, the newest first."""
    own = API_TOKEN.c
    query = select(own.hash, own.name, own.made_ms, own.used_ms).order_by(own.made_ms.desc(), own.hash)
    return [
        ApiToken(*row) for row in connection.execute(query.where(own.person_id == person_id, own.ended_ms.is_(None)))
    ]


def maker_of(connection: Connection, token_hash: str, now_ms: int) -> tuple[UUID, bool] | None:
    """Give whose token this is, and whether its use is to be noted; None for one that was revoked or made up."""
    own = API_TOKEN.c
    row = connection.execute(
        select(own.person_id, own.used_ms).where(own.hash == token_hash, own.ended_ms.is_(None))
    ).first()
    return (row.person_id, row.used_ms is None or now_ms - row.used_ms >= _USED_AGAIN_MS) if row else None


def use(connection: Connection, token_hash: str, now_ms: int) -> None:
    """Note that a token is in use."""
    connection.execute(update(API_TOKEN).where(API_TOKEN.c.hash == token_hash).values(used_ms=now_ms))


def revoke(connection: Connection, token_hash: str, person_id: UUID, now_ms: int) -> str | None:
    """End a token of a person; gives its name, or None when there is no such token."""
    own = API_TOKEN.c
    query = update(API_TOKEN).where(own.hash == token_hash, own.person_id == person_id, own.ended_ms.is_(None))
    name: str | None = connection.execute(query.values(ended_ms=now_ms).returning(own.name)).scalar()
    return name


def revoke_all(connection: Connection, person_id: UUID, now_ms: int) -> None:
    """End all tokens of a person."""
    query = update(API_TOKEN).where(API_TOKEN.c.person_id == person_id, API_TOKEN.c.ended_ms.is_(None))
    connection.execute(query.values(ended_ms=now_ms))
