"""What a hub signs for its kiosks: JWS in compact form (RFC 7515), Ed25519 (RFC 8037, RFC 9864)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from pydantic import ValidationError

from kiosk.wire.base import Wire
from kiosk.wire.keys import as_bytes, as_text, public_key_of

JOSE_TYPE = "application/jose"
_ALGORITHM = "Ed25519"

Said = TypeVar("Said", bound=Wire)


class NotSigned(ValueError):
    """This was not signed by anybody whom the kiosk trusts."""


def signed(said: Wire, kind: str, private_key: str) -> str:
    """Sign what a hub says; `kind` keeps one sort of saying from being taken for another."""
    from joserfc import jws  # late: a kiosk needs it for the rare message only
    from joserfc.jwk import OKPKey

    public_key = public_key_of(private_key)
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": public_key, "d": private_key})
    header = {"alg": _ALGORITHM, "typ": kind, "kid": _key_id(public_key)}
    return jws.serialize_compact(header, said.model_dump_json().encode(), key, algorithms=[_ALGORITHM])


def read_signed(content: str, kind: str, form: type[Said], trusted_keys: Sequence[str], most_bytes: int) -> Said:
    """Give what the holder of one of these keys has signed, in its form. Raises NotSigned."""
    for public_key in trusted_keys:
        payload = _payload(content, kind, public_key, most_bytes)
        if payload is not None:
            return _said(payload, form)
    raise NotSigned("no key that this kiosk trusts has signed it")


def _said(payload: bytes, form: type[Said]) -> Said:
    try:
        return form.model_validate_json(payload)
    except ValidationError as error:
        raise NotSigned("the hub signed something else") from error


def _payload(content: str, kind: str, public_key: str, most_bytes: int) -> bytes | None:
    """Give what was signed; None where this key did not sign it, or as something else."""
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    registry = jws.JWSRegistry(algorithms=[_ALGORITHM])
    registry.max_payload_length = most_bytes
    try:
        key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": public_key})
        read = jws.deserialize_compact(content, key, registry=registry)
    except (JoseError, ValueError):
        return None
    return read.payload if read.headers().get("typ") == kind else None


def _key_id(public_key: str) -> str:
    return as_text(sha256(as_bytes(public_key)).digest()[:8])
