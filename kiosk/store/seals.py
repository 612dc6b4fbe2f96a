"""The form in which records and closes are hashed. docs/day-close.md says it for everybody; it is never changed.

A record's form is a JSON array of all its columns but the text. A text has a seal of its own, made with a salt that
is forgotten when the text is erased: what is left fits the record for ever, and nobody can guess the text from it.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

FORMAT = "kiosk day close 1"

_RECORD = (
    *("seq", "id", "visit_id", "at_ms", "boot_id", "boot_ms", "clock_state"),
    *("survey_revision", "language", "layout", "touchpoint", "context"),
)
FIELDS = {
    "answer": (*_RECORD, "question", "kind", "points", "value", "choices", "supersedes", "marks"),
    "visit": (*_RECORD, "outcome", "follow_ups", "review_shown", "answering_ms", "duration_ms"),
}
"""The columns of a record's form, in their order. An answer's is followed by `erased_ms`."""

CLOSE_FIELDS = (
    *("number", "day", "after_seq", "last_seq", "at_ms", "boot_id", "boot_ms", "clock_state"),
    *("report", "erased", "previous"),
)
"""The columns of a close's form, in their order."""

_NO_SEAL = bytes(32)
_SALT_BYTES = 32


class SealedRecord(NamedTuple):
    """A record beside its seal, whose three last members are None as long as it has none."""

    seq: int
    form: bytes
    text: bytes | None
    erased_ms: int | None
    digest: bytes | None
    text_seal: bytes | None
    salt: bytes | None


class Seal(NamedTuple):
    """What is kept of a record when its day is closed."""

    seq: int
    digest: bytes
    text_seal: bytes | None = None
    salt: bytes | None = None


def select_records(table: str, bound: str) -> str:
    """Give the SQL for a table's records as `SealedRecord`, in their order.

    SQLite's json_array() writes the form several times faster than Python could. An erasure from before the sealing
    is part of the form, as it must stay; one that came after is not.
    """
    columns = ", ".join(f"r.{name}" for name in FIELDS[table])
    erasure = ", CASE WHEN s.text_seal IS NULL THEN r.erased_ms END" if table == "answer" else ""
    rest = "CAST(r.text AS BLOB), r.erased_ms" if table == "answer" else "NULL, NULL"
    return (
        f"SELECT r.seq, CAST(json_array('{table}', {columns}{erasure}) AS BLOB), {rest}, s.digest, s.text_seal, s.salt "
        f"FROM {table} r LEFT JOIN seal s ON s.seq = r.seq WHERE r.seq {bound} ORDER BY r.seq"
    )


def seal(record: SealedRecord) -> Seal:
    """Give the seal that a record gets now."""
    digest = sha256(record.form).digest()
    if record.text is None:
        return Seal(record.seq, digest)
    salt = secrets.token_bytes(_SALT_BYTES)
    return Seal(record.seq, digest, _text_seal(salt, record.text), salt)


def is_plainly_whole(row: tuple[Any, ...]) -> bool:
    """Tell quickly, for the columns of a `SealedRecord`, whether a record that never had a text is what it was."""
    _, form, text, _, digest, text_seal, _ = row
    return text is None and text_seal is None and bool(sha256(form).digest() == digest)


def holds(record: SealedRecord) -> bool:
    """Tell whether a record is what its seal says; a text may have been erased."""
    if record.digest != sha256(record.form).digest():
        return False
    if record.text_seal is None or record.erased_ms is not None:
        return record.text is None
    if record.text is None or record.salt is None:
        return False
    return hmac.compare_digest(_text_seal(record.salt, record.text), record.text_seal)


def erased_in(columns: Iterable[str]) -> dict[int, int]:
    """Give when the texts were erased that closes tell of, by `seq`; each close is given as its column `erased`."""
    return {seq: erased_ms for column in columns for seq, erased_ms in json.loads(column)}


def hash_seals(seals: Iterable[tuple[bytes, bytes | None]]) -> str:
    """Hash the seals of a close, digest and seal of the text, in the order of the records."""
    together = sha256()
    for digest, text_seal in seals:
        together.update(digest)
        together.update(text_seal or _NO_SEAL)
    return together.hexdigest()


def hash_close(device_id: str, columns: Sequence[object], seals: str) -> str:
    """Hash a close: its device, its columns in the order of CLOSE_FIELDS, and the hash of its seals."""
    form = json.dumps([FORMAT, device_id, *columns, seals], ensure_ascii=False, separators=(",", ":"))
    return sha256(form.encode(errors="surrogatepass")).hexdigest()


def _text_seal(salt: bytes, text: bytes) -> bytes:
    return hmac.digest(salt, text, "sha256")
