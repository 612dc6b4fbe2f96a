"""The tables, as typed rows. What is true in every row is a CHECK; what may never happen to one is a trigger.

Triggers, and the table as it was in each schema, stand in `migrations/versions`; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from kiosk.store.sync_tables import DELIVERY, ERASURE, REFUSED
from kiosk.store.table_base import STRICT, Moment, Record, Row, array, check, moment_checks, record_checks

__all__ = [
    "ANSWER",
    "BOOT",
    "DAY_CLOSE",
    "DELIVERY",
    "DEVICE",
    "ERASURE",
    "METADATA",
    "REFUSED",
    "SEAL",
    "STAFF_LOG",
    "VISIT",
]

_SCALE = """CASE kind
WHEN 'smiley' THEN ifnull(points, 0) IN (3, 4, 5) AND ifnull(value, 1) BETWEEN 1 AND points
WHEN 'nps' THEN points IS 11 AND ifnull(value, 0) BETWEEN 0 AND 10
WHEN 'ces' THEN points IS 7 AND ifnull(value, 1) BETWEEN 1 AND 7
WHEN 'csat' THEN points IS 5 AND ifnull(value, 1) BETWEEN 1 AND 5
WHEN 'success' THEN points IS 3 AND ifnull(value, 0) BETWEEN 0 AND 2
WHEN 'choice' THEN points IS NULL AND value IS NULL
WHEN 'text' THEN points IS NULL AND value IS NULL
ELSE 0 END"""


class AnswerRow(Record, table=True):
    """One answer. Never changed; its text alone can be erased, which leaves `erased_ms`."""

    __tablename__ = "answer"
    __table_args__ = (
        *record_checks(),
        check("scale", _SCALE),
        check("selection", f"{array('choices')} AND (kind = 'choice' OR choices = '[]')"),
        check("words", "text IS NULL OR (kind = 'text' AND erased_ms IS NULL)"),
        check("another", "supersedes <> id"),
        check("doubts", array("marks")),
        Index("answer_at", "at_ms"),
        Index("answer_visit", "visit_id"),
        Index("answer_supersedes", "supersedes", unique=True, sqlite_where=text("supersedes IS NOT NULL")),
        Index("answer_unsynced", "boot_id", "boot_ms", sqlite_where=text("clock_state = 'unsynced'")),
        Index("answer_text", "at_ms", sqlite_where=text("text IS NOT NULL")),
        STRICT,
    )

    question: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    points: int | None = None
    value: int | None = None
    choices: str = Field(sa_type=Text)
    """JSON array of choice ids."""
    text: str | None = Field(default=None, sa_type=Text)
    supersedes: str | None = Field(default=None, sa_type=Text, foreign_key="answer.id")
    marks: str = Field(sa_type=Text)
    """JSON array."""
    erased_ms: int | None = None
    """When the text was erased."""


class VisitRow(Record, table=True):
    """The end of one visit. Never changed."""

    __tablename__ = "visit"
    __table_args__ = (
        *record_checks(),
        check("ending", "outcome IN ('complete', 'skipped', 'timed_out', 'left')"),
        check("questions", array("follow_ups")),
        check("invitation", "review_shown IN (0, 1)"),
        check("durations", "answering_ms >= 0 AND duration_ms >= 0"),
        Index("visit_once", "visit_id", unique=True),
        Index("visit_at", "at_ms"),
        Index("visit_unsynced", "boot_id", "boot_ms", sqlite_where=text("clock_state = 'unsynced'")),
        STRICT,
    )

    outcome: str = Field(sa_type=Text)
    follow_ups: str = Field(sa_type=Text)
    """JSON array of question ids."""
    review_shown: int
    answering_ms: int
    duration_ms: int


class StaffLogRow(Moment, table=True):
    """Something the staff or the kiosk did: never an answer's content. Never changed."""

    __tablename__ = "staff_log"
    __table_args__ = (*moment_checks(), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    event: str = Field(sa_type=Text)
    detail: str = Field(sa_type=Text)


class DeviceRow(Moment, table=True):
    """The kiosk itself: one row, whose moment is that of the file's making."""

    __tablename__ = "device"
    __table_args__ = (
        check("alone", "only = 1"),
        check("identity", "length(id) = 36"),
        check("counter", "next_seq > 0"),
        *moment_checks(),
        STRICT,
    )

    only: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: str = Field(sa_type=Text)
    next_seq: int
    """What the next record will be counted as."""


class BootRow(Row, table=True):
    """What the clock was found to be in one boot; written by triggers at the boot's first synced row."""

    __tablename__ = "boot"
    __table_args__ = (STRICT,)

    boot_id: str = Field(sa_type=Text, primary_key=True)
    offset_ms: int
    """UTC milliseconds at the moment of the boot."""


class DayCloseRow(Moment, table=True):
    """A business day that was closed: a link of the chain. Never changed."""

    __tablename__ = "day_close"
    __table_args__ = (
        check("numbered", "number > 0"),
        check("date", "day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"),
        check("span", "after_seq >= 0 AND last_seq >= after_seq"),
        check("page", "report GLOB '{*}'"),
        check("tombstones", array("erased")),
        check("links", "length(previous) = 64 AND length(hash) = 64"),
        *moment_checks(),
        STRICT,
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    day: str = Field(sa_type=Text, unique=True)
    after_seq: int
    """The last record of the close before."""
    last_seq: int
    """The last record of this close."""
    report: str = Field(sa_type=Text)
    """JSON object: what the close's page says."""
    erased: str = Field(sa_type=Text)
    """JSON array: `[seq, erased_ms]` of the texts of earlier closes that were erased since the close before."""
    previous: str = Field(sa_type=Text, unique=True)
    """Hash of the close before; zeros in the first."""
    hash: str = Field(sa_type=Text, unique=True)


class SealRow(Row, table=True):
    """What a record of a closed day was. Never changed; the salt goes when the answer's text was erased."""

    __tablename__ = "seal"
    __table_args__ = (
        check("counted", "seq > 0"),
        check("whole", "length(digest) = 32 AND ifnull(length(text_seal), 32) = 32"),
        check("salted", "salt IS NULL OR (length(salt) = 32 AND text_seal IS NOT NULL)"),
        Index("seal_of_text", "seq", sqlite_where=text("text_seal IS NOT NULL")),
        STRICT,
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: bytes
    text_seal: bytes | None = None
    salt: bytes | None = None


_tables = Row.metadata.tables
ANSWER = _tables["answer"]
VISIT = _tables["visit"]
STAFF_LOG = _tables["staff_log"]
DEVICE = _tables["device"]
BOOT = _tables["boot"]
DAY_CLOSE = _tables["day_close"]
SEAL = _tables["seal"]
METADATA = Row.metadata
