"""A configuration on its way from a hub to its kiosks: signed, for one location, and never older than the last.

It goes as a JWS, signed by one of the two keys of the hub's that each kiosk knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from kiosk.wire import jws
from kiosk.wire.base import Milliseconds, Wire

MAX_CHARACTERS = 60_000
"""Of a configuration; a kiosk.toml has some thousand."""
_MOST_BYTES = MAX_CHARACTERS * 6
"""What so many characters take at the most, as JSON in base64."""
_KIND = "kiosk-config"


class ConfigOffer(Wire):
    """One revision of a location's configuration."""

    audience: UUID
    """The location whose kiosks it is meant for."""
    revision: Annotated[int, Field(ge=1)]
    """Counts up in each location. Going back to an older text takes a new revision, so a kiosk never takes a lower."""
    not_before_ms: Milliseconds
    text: Annotated[str, StringConstraints(max_length=MAX_CHARACTERS)]
    """kiosk.toml, without what is the kiosk's own to set."""


def signed(offer: ConfigOffer, private_key: str) -> str:
    """Sign a configuration."""
    return jws.signed(offer, _KIND, private_key)


def read_signed(content: str, trusted_keys: Sequence[str]) -> ConfigOffer:
    """Read a configuration that the holder of one of these keys has signed. Raises NotSigned."""
    return jws.read_signed(content, _KIND, ConfigOffer, trusted_keys, _MOST_BYTES)


def etag_of(content: str) -> str:
    """Give the name by which kiosk and hub speak of a signed configuration: the same whichever key has signed it."""
    payload = content.partition(".")[2].partition(".")[0]
    return sha256(payload.encode()).hexdigest()[:32]
