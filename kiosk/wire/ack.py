"""The hub's answer to a batch, given after its transaction was committed."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from kiosk.wire.base import HIGHEST_SEQUENCE, Count, Sentence, Time, Wire, Word


class Rejected(Wire):
    """A record that the hub will never take as it is."""

    id: UUID | None
    """None where the event had no id that could be read."""
    position: Count | None = None
    """Its place in the batch, the first is 0."""
    type: Sentence
    """A problem's stable URI, as `/problems/conflict`."""
    detail: Sentence
    retry: Literal[False] = False


class Ack(Wire):
    """Every record of the batch that is not in `rejected` is safe at the hub."""

    accepted: Count
    duplicate: Count
    rejected: tuple[Rejected, ...] = ()
    highest_sequence: Annotated[int, Field(strict=True, ge=0, le=HIGHEST_SEQUENCE)]
    """The highest sequence number that the hub has of this device."""
    held_sequence: Annotated[int, Field(strict=True, ge=0, le=HIGHEST_SEQUENCE)] | None = None
    """The highest it had before this batch. One below what it had said before tells of a hub that was brought back from
    an older copy: what is above has to come again."""
    server_time: Time
    next_sync_s: Annotated[int, Field(strict=True, ge=1, le=86_400)]
    """When the hub wants to hear from the kiosk again, if there is nothing to send before."""
    hub: UUID | None = None
    """The hub's own id, which the kiosk learnt when it was enrolled; another one is another hub's answer."""
    config_etag: Word = ""
    """The configuration that this kiosk should have; empty for its own."""
    hub_keys: Word = ""
    """The keys that this kiosk should trust; one that knows others asks for them. Empty for those it has."""
    wanted_surveys: Annotated[tuple[Word, ...], Field(max_length=16)] = ()
    """Revisions that the hub has answers to, but no questions."""
    erased: Annotated[tuple[UUID, ...], Field(max_length=500)] = ()
    """Answers whose text was erased at the hub: the kiosk's copy has to go too."""
