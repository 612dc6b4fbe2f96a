"""A configuration on its way from a hub to its kiosks: signed, for one location, and never older than the last.

It goes as a JWS in compact form (RFC 7515), signed with Ed25519 (RFC 8037, RFC 9864) by one of the two keys that each
kiosk got when it was enrolled.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, ValidationError

from kiosk.wire.base import Milliseconds, Wire
from kiosk.wire.keys import as_bytes, as_text, public_key_of

MAX_CHARACTERS = 60_000
"""Of a configuration; a kiosk.toml has some thousand."""
_MOST_BYTES = MAX_CHARACTERS * 6
"""What so many characters take at the most, as JSON in base64."""
CONFIG_TYPE = "application/jose"
_ALGORITHM = "Ed25519"
_KIND = "kiosk-config"


class NotSigned(ValueError):
    """This is no configuration of the hub's."""


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
    from joserfc import jws  # late: the kiosk needs it for the rare new configuration only
    from joserfc.jwk import OKPKey

    public_key = public_key_of(private_key)
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": public_key, "d": private_key})
    header = {"alg": _ALGORITHM, "typ": _KIND, "kid": _key_id(public_key)}
    return jws.serialize_compact(header, offer.model_dump_json().encode(), key, algorithms=[_ALGORITHM])


def read_signed(content: str, trusted_keys: Sequence[str]) -> ConfigOffer:
    """Read a configuration that the holder of one of these keys has signed. Raises NotSigned."""
    for public_key in trusted_keys:
        payload = _payload(content, public_key)
        if payload is not None:
            try:
                return ConfigOffer.model_validate_json(payload)
            except ValidationError as error:
                raise NotSigned("the hub signed something else") from error
    raise NotSigned("no key that this kiosk trusts has signed it")


def etag_of(content: str) -> str:
    """Give the name by which kiosk and hub speak of a signed configuration."""
    return sha256(content.encode()).hexdigest()[:32]


def _payload(content: str, public_key: str) -> bytes | None:
    """Give what was signed; None where this key did not sign it, or as something else."""
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    registry = jws.JWSRegistry(algorithms=[_ALGORITHM])
    registry.max_payload_length = _MOST_BYTES
    try:
        key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": public_key})
        read = jws.deserialize_compact(content, key, registry=registry)
    except (JoseError, ValueError):
        return None
    return read.payload if read.headers().get("typ") == _KIND else None


def _key_id(public_key: str) -> str:
    return as_text(sha256(as_bytes(public_key)).digest()[:8])
