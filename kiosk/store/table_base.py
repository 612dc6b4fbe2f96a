"""What the tables have in common: columns of an instant and of a record, and the CHECKs that hold them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from kiosk.clock import ClockState

STRICT = {"sqlite_strict": True}
_LAST_MS = 253_402_300_799_999
"""The end of the year 9999."""


def check(name: str, rule: str) -> CheckConstraint:
    """Say what is true in every row."""
    return CheckConstraint(rule, name=name)


def array(column: str) -> str:
    """Demand the brackets; json_valid() is refused in a schema that SQLite 3.40 is told not to trust."""
    return f"{column} GLOB '[[]*]'"


def moment_checks() -> tuple[CheckConstraint, ...]:
    """Hold the columns of a `Moment`."""
    return (
        check("instant", f"at_ms BETWEEN 0 AND {_LAST_MS} AND boot_ms >= 0"),
        check("clock", "clock_state IN ('synced', 'rtc', 'unsynced')"),
    )


def record_checks() -> tuple[CheckConstraint, ...]:
    """Hold the columns of a `Record`."""
    return (
        check("counted", "seq > 0"),
        check("identity", "length(id) = 36 AND length(visit_id) = 36"),
        check("background", "context GLOB '{*}'"),
        *moment_checks(),
    )


class Row(SQLModel, registry=registry()):
    """Keeps the kiosk's tables apart from other tables in the same process."""


class Moment(Row):
    """An instant, with what is needed to correct it."""

    at_ms: int
    boot_id: str = Field(sa_type=Text)
    boot_ms: int
    clock_state: ClockState = Field(sa_type=Text)


class Record(Row):
    """What every answer and every visit carries."""

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: str = Field(sa_type=Text, unique=True)
    visit_id: str = Field(sa_type=Text)
    at_ms: int
    boot_id: str = Field(sa_type=Text)
    boot_ms: int
    clock_state: ClockState = Field(sa_type=Text)
    survey_revision: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    layout: str = Field(sa_type=Text)
    touchpoint: str = Field(sa_type=Text)
    context: str = Field(sa_type=Text)
    """JSON object."""
