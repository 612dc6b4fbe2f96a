"""Secrets that are handed out, and what the hub keeps of them."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from hashlib import sha256


def new_secret() -> str:
    """Make 256 random bits in unpadded base64url: the value of a cookie, a token."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Give what the hub keeps of a random secret: SHA-256 in hex. Passwords need `passwords`."""
    return sha256(secret.encode()).hexdigest()


def seal(key: bytes, purpose: str, *content: str) -> str:
    """Give 256 bits that only the holder of the key can make for this purpose and content."""
    message = "\n".join((purpose, *(part.encode().hex() for part in content)))
    return hmac.new(key, message.encode(), sha256).hexdigest()


def short_seal(key: bytes, purpose: str) -> str:
    """Give a seal of 50 bits that a person can type: ten letters and digits in two groups, `K7QXM-3ZT2A`."""
    letters = b32encode(bytes.fromhex(seal(key, purpose))).decode("ascii")[:10]
    return f"{letters[:5]}-{letters[5:]}"


def is_same(given: str, right: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.encode(), right.encode())
