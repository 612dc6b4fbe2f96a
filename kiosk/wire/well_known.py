"""What a hub says of itself to anybody who asks, before any token: `GET /.well-known/kiosk-hub`."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from kiosk.wire.base import Count, Time, Wire, Word

WELL_KNOWN = "/.well-known/kiosk-hub"


class HubFacts(Wire):
    """The first thing that a kiosk reads of a hub that it does not know yet."""

    hub: UUID
    """The hub's own id, the same for as long as its database lives."""
    versions: Annotated[tuple[Word, ...], Field(min_length=1, max_length=16)]
    """Versions of the wire format that it speaks, `v1` among them: what its paths begin with."""
    max_events: Count
    """Events of one batch."""
    max_bytes: Count
    """Bytes of one batch, unpacked."""
    server_time: Time
