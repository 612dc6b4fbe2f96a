"""Erasing what customers wrote: at somebody's wish, and by its age. Nothing is left in the files of a SQLite hub."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from uuid import UUID

from sqlalchemy import Connection

from kiosk.hub.store.audit import note
from kiosk.hub.store.database import Database
from kiosk.hub.store.written import erase_written, forget, outdated, written
from kiosk.receipt import Receipt


def erase_text(
    database: Database,
    name: UUID | Receipt,
    now_ms: int,
    person_id: UUID | None = None,
    locations: Collection[UUID] | None = None,
) -> int:
    """Erase all that was written in the visit of the answer with this name, here and at its kiosk; tell how many texts.

    0 where there is none, or where it is not of one of the `locations`; None is all. `person_id` is None for what the
    hub's command does. Raises Busy.
    """
    with database.read() as connection:
        texts = written(connection, name, locations)
    if not texts:
        return 0

    def work(connection: Connection) -> int:
        note(connection, now_ms, "text_erased", ", ".join(str(text.answer_id) for text in texts), person_id)
        return erase_written(connection, texts, now_ms)

    erased = database.write(work, idempotent=True)
    database.leave_no_trace()
    return erased


def forget_old_texts(database: Database, now_ms: int) -> int:
    """Erase the texts that are older than their location keeps them; tell how many. Raises Busy."""
    with database.read() as connection:
        kiosks = list(outdated(connection, now_ms))
    erased = sum(database.write(partial(forget, old=kiosk), idempotent=True) for kiosk in kiosks)
    if erased:
        database.write(lambda connection: note(connection, now_ms, "texts_outdated", str(erased)))
    database.leave_no_trace()
    return erased
