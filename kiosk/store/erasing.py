"""Erasing texts, inside one transaction of the writer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, insert, select, update

from kiosk.answer import new_id
from kiosk.clock import Moment
from kiosk.store.queries import corrected_ms
from kiosk.store.rows import moment_row
from kiosk.store.tables import ANSWER, ERASURE, SEAL
from kiosk.store.writes import count_on


def erase_texts(connection: Connection, before_ms: int, now: Moment) -> int:
    """Erase the texts given before an instant (corrected time); tell how many. All else of the answers stays."""
    return _erase(connection, corrected_ms(ANSWER) < before_ms, now)


def erase_text(connection: Connection, answer_ids: Collection[UUID], now: Moment) -> int:
    """Erase the texts of these answers; tell how many had one."""
    return _erase(connection, ANSWER.c.id.in_([str(answer_id) for answer_id in answer_ids]), now)


def _erase(connection: Connection, which: ColumnElement[bool], now: Moment) -> int:
    """Erase texts, and write one record for each.

    With them go the salts of their seals, without which nobody can try out what a text may have been.
    """
    erasure = update(ANSWER).where(ANSWER.c.text.is_not(None), which).values(text=None, erased_ms=now.at_ms)
    erased = connection.execute(erasure.returning(ANSWER.c.seq, ANSWER.c.id)).all()
    if erased:
        _forget_salts(connection)
        _record(connection, [row.id for row in sorted(erased)], now)
    return len(erased)


def _forget_salts(connection: Connection) -> None:
    gone = select(ANSWER.c.seq).where(ANSWER.c.seq == SEAL.c.seq, ANSWER.c.erased_ms.is_not(None)).exists()
    connection.execute(
        update(SEAL).where(SEAL.c.text_seal.is_not(None), SEAL.c.salt.is_not(None), gone).values(salt=None)
    )


def _record(connection: Connection, answer_ids: Sequence[str], now: Moment) -> None:
    first = count_on(connection, len(answer_ids))
    rows: list[dict[str, Any]] = [
        {"seq": seq, "id": str(new_id(now)), "answer_id": answer_id, **moment_row(now)}
        for seq, answer_id in enumerate(answer_ids, first)
    ]
    connection.execute(insert(ERASURE), rows)
