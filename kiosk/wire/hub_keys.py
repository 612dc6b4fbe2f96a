"""The keys that a hub signs with, on their way to kiosks that know the ones before: signed by one that they trust."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kiosk.wire import jws
from kiosk.wire.base import Wire
from kiosk.wire.enrolment import Key

KEYS = "/v1/keys"
_MOST_BYTES = 4096
_KIND = "kiosk-hub-keys"


class HubKeys(Wire):
    """Whom a kiosk is to trust from now on."""

    hub: UUID
    keys: Annotated[tuple[Key, ...], Field(min_length=1, max_length=2)]
    """The key that signs now, and the one that will after it."""


def signed(keys: HubKeys, private_key: str) -> str:
    """Sign a hub's keys with the one that signs now: who knows the keys before has it as their second."""
    return jws.signed(keys, _KIND, private_key)


def read_signed(content: str, trusted_keys: Sequence[str]) -> HubKeys:
    """Read the keys that the holder of one of these has signed. Raises NotSigned."""
    return jws.read_signed(content, _KIND, HubKeys, trusted_keys, _MOST_BYTES)


def name_of(keys: Sequence[str]) -> str:
    """Give the name by which kiosk and hub speak of a hub's keys."""
    return sha256("\n".join(keys).encode()).hexdigest()[:32]
