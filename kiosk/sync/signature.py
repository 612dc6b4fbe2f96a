"""Standard Webhooks: the receiver can tell who sent a batch, and that nobody changed it (standardwebhooks.com)."""

from __future__ import annotations

import base64
import hmac


def sign(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """Give `webhook-signature`, version 1, for a body that is sent under an id at a time (seconds since 1970)."""
    content = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(secret, content, 'sha256')).decode()}"
