"""Holds closed days to what they were: every record to its seal, every close to its hash and to the one before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from kiosk.store.connection import connect, pragma
from kiosk.store.day_close import NO_CLOSE, Break
from kiosk.store.failures import explained
from kiosk.store.seals import (
    CLOSE_FIELDS,
    SealedRecord,
    erased_in,
    hash_close,
    hash_seals,
    holds,
    is_plainly_whole,
    select_records,
)

Watched = Callable[[Iterable[Any], Callable[[], int]], Iterable[Any]]
"""Passes records on, and may draw how far they are; the function tells how many there will be."""

_TABLES: tuple[Literal["answer", "visit"], ...] = ("answer", "visit")

_CLOSES = f"SELECT {', '.join(CLOSE_FIELDS)}, hash FROM day_close ORDER BY number"
_FIRST_SCHEMA = 2
"""The first one that has closed days."""


class Chain(NamedTuple):
    """What was found of the closed days."""

    closes: int
    last_day: date | None
    broken: Break | None
    """None when everything is as it was."""


class _Close(NamedTuple):
    """A row of `day_close`: the columns of its form, then its hash."""

    number: int
    day: str
    after_seq: int
    last_seq: int
    at_ms: int
    boot_id: str
    boot_ms: int
    clock_state: str
    report: str
    erased: str
    previous: str
    hash: str


def unwatched(records: Iterable[Any], _: Callable[[], int]) -> Iterable[Any]:
    """Pass records on."""
    return records


def check_chain(database: Path, watched: Watched = unwatched) -> Chain:
    """Look for the first thing that is not as it was when its day was closed.

    Reads every record of every closed day, one at a time through `watched`: a million take seconds, and no more memory
    than a few. Raises StoreError.
    """
    with explained(database), closing(connect(database, "ro")) as connection:
        connection.execute("BEGIN")
        if int(pragma(connection, "user_version")) < _FIRST_SCHEMA:
            return Chain(0, None, None)
        closes = [_Close(*row) for row in connection.execute(_CLOSES)]
        broken_close = _broken_close(connection, closes)
        # A close that was tampered with says nothing that records could be held to, nor does any after it.
        whole = [close for close in closes if broken_close is None or close.number < (broken_close.number or 0)]
        broken = _broken_record(connection, whole, watched) or broken_close or _uncounted_record(connection)
    return Chain(len(closes), _date(closes[-1].day) if closes else None, broken)


def _broken_close(connection: sqlite3.Connection, closes: Sequence[_Close]) -> Break | None:
    (device_id,) = connection.execute("SELECT id FROM device").fetchone()
    noted = dict(_noted(connection))
    previous, after = NO_CLOSE, 0
    for number, close in enumerate(closes, start=1):
        if close.number != number:
            return Break("close gone", number, noted.get(number, (None, ""))[0])
        expected = hash_close(device_id, close[:-1], hash_seals(_seals(connection, close)))
        if (close.previous, close.after_seq, close.hash) != (previous, after, expected):
            return Break("close changed", number, _date(close.day))
        previous, after = close.hash, close.last_seq
    return _forgotten_close(closes, noted)


def _forgotten_close(closes: Sequence[_Close], noted: Mapping[int, tuple[date | None, str]]) -> Break | None:
    """Find a close that the staff log tells of, but that is not there, or is another one."""
    hashes = {close.number: close.hash for close in closes}
    for number, (day, hashed) in noted.items():
        if hashes.get(number) != hashed:
            return Break("close changed" if number in hashes else "close gone", number, day)
    return None


def _noted(connection: sqlite3.Connection) -> Iterator[tuple[int, tuple[date | None, str]]]:
    """Give the closes that the staff log tells of: number, day and hash."""
    for (detail,) in connection.execute("SELECT detail FROM staff_log WHERE event = 'day_closed' ORDER BY id"):
        match detail.split():
            case [number, day, hashed] if number.isdecimal():
                yield int(number), (_date(day), hashed)


def _seals(connection: sqlite3.Connection, close: _Close) -> Iterator[tuple[bytes, bytes | None]]:
    span = (close.after_seq, close.last_seq)
    return connection.execute("SELECT digest, text_seal FROM seal WHERE seq > ? AND seq <= ? ORDER BY seq", span)


def _broken_record(connection: sqlite3.Connection, closes: Sequence[_Close], watched: Watched) -> Break | None:
    if not closes:
        return None
    found = [_changed_record(connection, closes, table, watched) for table in _TABLES]
    return min(filter(None, (*found, _gone_record(connection, closes))), key=lambda each: each.seq or 0, default=None)


def _changed_record(
    connection: sqlite3.Connection, closes: Sequence[_Close], table: Literal["answer", "visit"], watched: Watched
) -> Break | None:
    """Find the first record of a closed day that is not what its seal says, or has none."""
    erased, last = erased_in(close.erased for close in closes), (closes[-1].last_seq,)

    def number() -> int:
        return int(connection.execute(f"SELECT count(*) FROM {table} WHERE seq <= ?", last).fetchone()[0])

    for row in watched(connection.execute(select_records(table, "<= ?"), last), number):
        if is_plainly_whole(row):
            continue
        record = SealedRecord._make(row)
        if not holds(record) or erased.get(record.seq, record.erased_ms) != record.erased_ms:
            return _named(connection, closes, table, record)
    return None


def _named(
    connection: sqlite3.Connection, closes: Sequence[_Close], table: Literal["answer", "visit"], record: SealedRecord
) -> Break:
    close = _close_of(closes, record.seq)
    (record_id,) = connection.execute(f"SELECT CAST(id AS BLOB) FROM {table} WHERE seq = ?", (record.seq,)).fetchone()
    what: Literal["added", "changed"] = "added" if _is_extra(connection, table, record) else "changed"
    return Break(what, close.number, _date(close.day), record.seq, table, record_id.decode(errors="replace"))


def _is_extra(connection: sqlite3.Connection, table: str, record: SealedRecord) -> bool:
    """Tell whether a record was put in: its number has no seal, or is that of a record in the other table."""
    other = "visit" if table == "answer" else "answer"
    taken = connection.execute(f"SELECT 1 FROM {other} WHERE seq = ?", (record.seq,)).fetchone()
    return record.digest is None or taken is not None


def _gone_record(connection: sqlite3.Connection, closes: Sequence[_Close]) -> Break | None:
    """Find the first seal whose record is not there."""
    orphan = connection.execute(
        "SELECT seq FROM seal s WHERE NOT EXISTS (SELECT 1 FROM answer WHERE seq = s.seq)"
        " AND NOT EXISTS (SELECT 1 FROM visit WHERE seq = s.seq) AND seq <= ? ORDER BY seq LIMIT 1",
        (closes[-1].last_seq,),
    ).fetchone()
    if orphan is None:
        return None
    close = _close_of(closes, orphan[0])
    return Break("gone", close.number, _date(close.day), orphan[0])


def _uncounted_record(connection: sqlite3.Connection) -> Break | None:
    """Find a record that some other program put behind those that the device has counted."""
    for table in _TABLES:
        beyond = f"SELECT seq, id FROM {table} WHERE seq >= (SELECT next_seq FROM device) ORDER BY seq LIMIT 1"
        if row := connection.execute(beyond).fetchone():
            return Break("uncounted", None, None, row[0], table, row[1])
    return None


def _close_of(closes: Sequence[_Close], seq: int) -> _Close:
    return next((close for close in closes if seq <= close.last_seq), closes[-1])


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None  # it was this that somebody changed
