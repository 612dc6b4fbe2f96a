"""Codes that let one kiosk in, once: made by a person, typed at a counter, never kept as they are."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.hub.store.audit import note
from kiosk.hub.store.tables.fleet import ENROL_CODE

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: 5 bits a character; no I, L, O and U."""
LENGTH = 8

_LOOK_ALIKES = str.maketrans("ILO", "110")
_SEPARATORS = re.compile(r"[\s-]+")


class WrongCode(Exception):
    """There is no such code, or its time is over, or another kiosk has used it."""


@dataclass(frozen=True, slots=True)
class CodeUse:
    """What a code is good for."""

    location_id: UUID
    replaces: UUID | None
    """The kiosk whose place the new one takes."""


def make_code(connection: Connection, use: CodeUse, now_ms: int, seconds: int, by: UUID | None = None) -> str:
    """Make a code that can be used for so many seconds; `by` is the person who wants it. It is told only now."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    row = {
        "hash": _hash(code),
        "location_id": use.location_id,
        "replaces": use.replaces,
        "made_ms": now_ms,
        "made_by": by,
        "ends_ms": now_ms + seconds * 1000,
    }
    connection.execute(insert(ENROL_CODE).values(row))
    note(connection, now_ms, "code.made", f"location {use.location_id}", by)
    return code


def use_code(connection: Connection, code: str, device_id: UUID, now_ms: int) -> CodeUse:
    """Use a code up for a kiosk. Raises WrongCode.

    The kiosk that used it may use it again until its time is over: it may never have got the hub's answer.
    """
    row = _usable(connection, _hash(code), now_ms)
    if row is None or row.used_by not in (None, device_id):
        raise WrongCode
    if row.used_by is None:
        used = update(ENROL_CODE).where(ENROL_CODE.c.hash == _hash(code), ENROL_CODE.c.used_by.is_(None))
        if not connection.execute(used.values(used_ms=now_ms, used_by=device_id)).rowcount:
            raise WrongCode  # another kiosk was faster
    return CodeUse(row.location_id, row.replaces)


def _usable(connection: Connection, code_hash: str, now_ms: int) -> Row[*tuple[Any, ...]] | None:
    code = ENROL_CODE.c
    query = select(code.location_id, code.replaces, code.used_by).where(code.hash == code_hash, code.ends_ms > now_ms)
    return connection.execute(query).first()


def _hash(code: str) -> str:
    """Give what is kept of a code, however it was typed: small letters, hyphens, O for 0."""
    typed = _SEPARATORS.sub("", code).upper().translate(_LOOK_ALIKES)
    return sha256(f"kiosk enrolment code {typed}".encode()).hexdigest()
