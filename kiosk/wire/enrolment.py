"""How a kiosk becomes known to a hub, and how it changes its token."""

from __future__ import annotations

from datetime import time
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from kiosk.wire.base import Milliseconds, Sentence, Wire, Word

Key = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{43}$")]
"""An Ed25519 public key: 32 bytes in unpadded base64url."""
Signature = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{86}$")]
"""An Ed25519 signature: 64 bytes in unpadded base64url."""
Token = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{43}$")]
"""256 random bits in unpadded base64url; the hub keeps only its SHA-256."""


class Home(Wire):
    """Where a kiosk stands, as its own configuration has it."""

    location: Sentence = ""
    timezone: Word
    """IANA name."""
    day_ends_at: time


class EnrolRequest(Wire):
    """A kiosk asks to be let in, with a code that a person made at the hub."""

    code: Annotated[str, StringConstraints(max_length=32)]
    """As typed; the hub ignores case, blanks and hyphens."""
    device_id: UUID
    """The kiosk's own, made with its database."""
    public_key: Key
    signature: Signature
    """Of `signed_text`, by the private key: whoever enrols holds it."""
    name: Sentence = ""
    version: Word = ""
    home: Home | None = None
    """What the hub goes by where nobody said it when the location was opened."""


class Enrolled(Wire):
    """The hub has let the kiosk in."""

    hub: UUID
    device_id: UUID
    token: Token
    hub_keys: Annotated[tuple[Key, ...], Field(min_length=1, max_length=2)]
    """Keys of which one has signed any configuration that the hub will offer."""
    location: Sentence
    location_id: UUID
    """Whose configurations are meant for this kiosk."""
    server_time_ms: Milliseconds


class NewTokenRequest(Wire):
    """An enrolled kiosk asks for its next token; it made that token itself, so that a lost answer loses nothing."""

    token_hash: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the new token. The old one stays valid until the new one is first used."""
    signature: Signature
    """Of `signed_text`, by the device's key."""


class NewToken(Wire):
    """The hub will know the new token."""

    accepted_ms: Milliseconds


def signed_text(purpose: str, device_id: UUID, *members: str) -> bytes:
    """Give the bytes that a device signs: `purpose` is `enrol` (code as sent, key) or `token` (hash)."""
    return "\n".join(("kiosk", purpose, str(device_id), *members)).encode()
