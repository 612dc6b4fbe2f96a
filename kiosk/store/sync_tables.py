"""The tables of what leaves the kiosk: erasures, how far each destination is, and what one would not take."""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field

from kiosk.store.table_base import STRICT, Moment, Row, check, moment_checks


class ErasureRow(Moment, table=True):
    """A text that was erased: a record of its own, so that every destination hears of it. Never changed."""

    __tablename__ = "erasure"
    __table_args__ = (
        check("counted", "seq > 0"),
        check("identity", "length(id) = 36"),
        *moment_checks(),
        STRICT,
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: str = Field(sa_type=Text, unique=True)
    answer_id: str = Field(sa_type=Text, unique=True, foreign_key="answer.id")


class DeliveryRow(Row, table=True):
    """How far one destination is."""

    __tablename__ = "delivery"
    __table_args__ = (
        check("named", "length(destination) BETWEEN 1 AND 200"),
        check("cursor", "acked_seq >= 0 AND highest_seq >= 0"),
        check("success", "ifnull(confirmed_ms, 0) >= 0"),
        check("failing", "(trouble IS NULL) = (trouble_ms IS NULL)"),
        STRICT,
    )

    destination: str = Field(sa_type=Text, primary_key=True)
    acked_seq: int
    """The last record that it has confirmed or refused; all before it too."""
    highest_seq: int
    """The highest record that it last said it has: if it has less later, it was brought back from an older copy."""
    confirmed_ms: int | None = None
    """When it last answered as it should."""
    trouble: str | None = Field(default=None, sa_type=Text)
    """What has been in the way since then, in one word; None when nothing is."""
    trouble_ms: int | None = None
    """When that began."""


class RefusedRow(Row, table=True):
    """A record that a destination will never take. Never changed."""

    __tablename__ = "refused"
    __table_args__ = (
        check("counted", "seq > 0"),
        check("identity", "length(record_id) = 36"),
        check("instant", "at_ms >= 0"),
        STRICT,
    )

    destination: str = Field(sa_type=Text, primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    record_id: str = Field(sa_type=Text)
    code: str = Field(sa_type=Text)
    """The problem's stable name, as `conflict`."""
    detail: str = Field(sa_type=Text)
    """A sentence, as the destination put it."""
    at_ms: int


_tables = Row.metadata.tables
ERASURE = _tables["erasure"]
DELIVERY = _tables["delivery"]
REFUSED = _tables["refused"]
