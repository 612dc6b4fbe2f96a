"""Ed25519 as kiosk and hub use it: keys and signatures as text, in unpadded base64url."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def new_private_key() -> str:
    """Make a private key: 32 random bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # late: loads a C library

    return as_text(Ed25519PrivateKey.generate().private_bytes_raw())


def public_key_of(private_key: str) -> str:
    """Give the public half of a private key."""
    return as_text(_loaded(private_key).public_key().public_bytes_raw())


def sign(private_key: str, message: bytes) -> str:
    """Sign a message."""
    return as_text(_loaded(private_key).sign(message))


def is_signed(message: bytes, signature: str, public_key: str) -> bool:
    """Tell whether the holder of a key signed this message; a key or a signature that cannot be read has not."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(as_bytes(public_key)).verify(as_bytes(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def as_text(content: bytes) -> str:
    """Write bytes as unpadded base64url."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def as_bytes(text: str) -> bytes:
    """Read unpadded base64url. Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _loaded(private_key: str) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(as_bytes(private_key))
