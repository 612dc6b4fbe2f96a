"""What all that goes over the wire has in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

MAX_EVENTS = 500
"""Events of one batch."""
MAX_BYTES = 1 << 20
"""Bytes of one batch, unpacked."""
BATCH_TYPE = "application/cloudevents-batch+json"
PROBLEM_TYPE = "application/problem+json"

HIGHEST_SEQUENCE = 10**18 - 1
"""The last sequence number: any database can keep it."""

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)
_LAST_MS = 253_402_300_799_999
"""The end of the year 9999, as `_LAST` has it."""

_STORABLE = r"^[^\x00]*$"
"""PostgreSQL keeps every character but NUL."""

Count = Annotated[int, Field(strict=True, ge=0, le=2**53 - 1)]
"""How many; no more than every JSON reader can hold."""
Milliseconds = Annotated[int, Field(strict=True, ge=0, le=_LAST_MS)]
"""An instant: UTC, since 1970; or a duration."""
Difference = Annotated[int, Field(strict=True, ge=-_LAST_MS, le=_LAST_MS)]
"""Milliseconds between two clocks."""
Time = Annotated[AwareDatetime, Field(strict=True, ge=_FIRST, le=_LAST)]
"""An instant as RFC 3339 writes it."""
Word = Annotated[str, StringConstraints(max_length=64, pattern=_STORABLE)]
"""A name that programs gave."""
Sentence = Annotated[str, StringConstraints(max_length=2000, pattern=_STORABLE)]
"""A line that people wrote or shall read."""
Writing = Annotated[str, StringConstraints(max_length=16_000, pattern=_STORABLE)]
"""What a customer wrote: up to 1,000 visible characters, of which some are made of many."""


class Wire(BaseModel):
    """Frozen, and open to members that a later version adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")
