"""What kiosks sent: answers, visits, and what was erased. The key is always `(device_id, id)`."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index, LargeBinary, SmallInteger, text
from sqlmodel import Field

from kiosk.hub.store.tables.base import Row, check, instant, key, words


class _Record(Row):
    device_id: UUID = key()
    id: UUID = key()
    seq: int = instant()
    """The device's own counter."""
    digest: bytes = Field(sa_type=LargeBinary)
    """SHA-256 of the content, without an answer's text: the same id with another digest is a conflict."""
    visit_id: UUID
    at_ms: int = instant()
    """UTC of the tap, as right as the kiosk knew it."""
    is_timed: bool
    """Whether anybody knows the time of day: False for a clock that was never right."""
    received_ms: int = instant()
    survey_revision: str = words()
    language: str = words()
    layout: str = words()
    touchpoint: str = words()
    context: str = words()
    """JSON object."""
    clock: str = words()
    """JSON object: the kiosk's clocks at the tap."""


class AnswerRow(_Record, table=True):
    """One value given to one question. Only `superseded` and an erasure ever change a row."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("answer_counted", "device_id", "seq", unique=True),
        Index("answer_at", "device_id", "at_ms"),
        Index("answer_superseding", "device_id", "supersedes"),
        Index(
            "answer_written", "device_id", "at_ms", sqlite_where=text("text <> ''"), postgresql_where=text("text <> ''")
        ),
        Index(
            "answer_latest_words", "at_ms", "id", sqlite_where=text("text <> ''"), postgresql_where=text("text <> ''")
        ),
        check("counted", "seq > 0"),
        check("flag", "superseded IN (0, 1)"),
    )

    question: str = words()
    kind: str = words()
    points: int = Field(sa_type=SmallInteger)
    """How many steps the scale has; 0 where there is no scale."""
    value: int | None = Field(default=None, sa_type=SmallInteger)
    choices: str = words()
    """JSON array of choice ids."""
    text: str | None = words(default=None)
    """What the customer wrote; None for none, the empty string once it was erased."""
    supersedes: UUID | None = None
    superseded: int = Field(default=0, sa_type=SmallInteger)
    """1 once a stored answer has taken this one's place."""
    marks: str = words()
    """JSON array."""


class VisitRow(_Record, table=True):
    """The end of one visit. Never changes."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("visit_counted", "device_id", "seq", unique=True),
        Index("visit_at", "device_id", "at_ms"),
        Index("visit_once", "device_id", "visit_id"),
        check("counted", "seq > 0"),
    )

    outcome: str = words()
    follow_ups: str = words()
    review_shown: bool
    answering_ms: int = instant()
    duration_ms: int = instant()


class TombstoneRow(Row, table=True):
    """A text that was erased, here or at the kiosk; whether or not the answer has arrived yet."""

    __tablename__ = "tombstone"

    device_id: UUID = key()
    answer_id: UUID = key()
    erased_ms: int = instant()
    told_ms: int | None = instant(default=None)
    """When the kiosk was told, or had told itself; None while it still has to be."""


ANSWER = Row.metadata.tables["answer"]
VISIT = Row.metadata.tables["visit"]
TOMBSTONE = Row.metadata.tables["tombstone"]
