"""Rollups: how often each value was given, changed in the same transaction as the answers they count.

An answer counts as on the kiosk (`results.tally`): not superseded, not empty, not from test mode.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Date, SmallInteger, Text
from sqlmodel import Field

from kiosk.hub.store.tables.base import Row, check, key, long_key

VALUES = tuple(f"v{value}" for value in range(11))
"""The columns that count the values 0 to 10."""


_BY_KEY = {"sqlite_with_rowid": False}
"""SQLite keeps the rows in the order of their key: the days of a kiosk lie side by side, and are read far faster."""


def _number() -> int:
    number: int = Field(default=0, sa_type=BigInteger)
    return number


class _Counts(Row):
    device_id: UUID = key()
    question: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    points: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    """0 where there is no scale."""


class _Values(_Counts):
    n: int = _number()
    flagged: int = _number()
    """Of `n`, those that were stored with a mark."""
    superseded: int = _number()
    """Not among `n`."""
    v0: int = _number()
    v1: int = _number()
    v2: int = _number()
    v3: int = _number()
    v4: int = _number()
    v5: int = _number()
    v6: int = _number()
    v7: int = _number()
    v8: int = _number()
    v9: int = _number()
    v10: int = _number()


class SlotCountRow(_Values, table=True):
    """A quarter of an hour (UTC): what hours, heat maps and trends are made of, in whatever time zone."""

    __tablename__ = "slot_count"
    __table_args__ = (check("counted", "n >= 0"), _BY_KEY)

    start_ms: int = long_key()
    is_timed: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    """0 where the clock was never right: the day may be right, the time of day is anybody's guess."""


class DayCountRow(_Values, table=True):
    """A business day of the device's location: what rankings and comparisons are made of."""

    __tablename__ = "day_count"
    __table_args__ = (check("counted", "n >= 0"), _BY_KEY)

    day: date = Field(primary_key=True, sa_type=Date)


class ChoiceCountRow(Row, table=True):
    """How often a choice was made on a business day."""

    __tablename__ = "choice_count"
    __table_args__ = (check("counted", "n >= 0"), _BY_KEY)

    device_id: UUID = key()
    question: str = Field(primary_key=True, sa_type=Text)
    choice: str = Field(primary_key=True, sa_type=Text)
    day: date = Field(primary_key=True, sa_type=Date)
    n: int = _number()


class OutcomeCountRow(Row, table=True):
    """How often visits of a business day ended in which way."""

    __tablename__ = "outcome_count"
    __table_args__ = (check("counted", "n >= 0"), _BY_KEY)

    device_id: UUID = key()
    outcome: str = Field(primary_key=True, sa_type=Text)
    day: date = Field(primary_key=True, sa_type=Date)
    n: int = _number()


SLOT_COUNT = Row.metadata.tables["slot_count"]
DAY_COUNT = Row.metadata.tables["day_count"]
CHOICE_COUNT = Row.metadata.tables["choice_count"]
OUTCOME_COUNT = Row.metadata.tables["outcome_count"]
