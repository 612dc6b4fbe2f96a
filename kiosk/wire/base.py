"""What all that goes over the wire has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MAX_EVENTS = 500
"""Events of one batch."""
MAX_BYTES = 1 << 20
"""Bytes of one batch, unpacked."""
BATCH_TYPE = "application/cloudevents-batch+json"
PROBLEM_TYPE = "application/problem+json"

_LAST_MS = 253_402_300_799_999
"""The end of the year 9999."""

Milliseconds = Annotated[int, Field(ge=0, le=_LAST_MS)]
"""An instant: UTC, since 1970; or a duration."""
Word = Annotated[str, StringConstraints(max_length=64)]
"""A name that programs gave."""
Sentence = Annotated[str, StringConstraints(max_length=400)]
"""A line that people wrote or shall read."""


class Wire(BaseModel):
    """Frozen, and open to members that a later version adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")
