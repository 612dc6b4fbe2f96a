"""What says who sends a body: a token, or a signature after Standard Webhooks."""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Mapping
from typing import Protocol

from kiosk.sync.signature import sign


class Signing(Protocol):
    """Gives the headers that go with a body."""

    def __call__(self, body: bytes, /, ago_s: float = 0) -> Mapping[str, str]:
        """Give them as they were `ago_s` seconds ago."""


def with_token(token: str) -> Signing:
    """Show a token, the same with every body."""

    def headers(_: bytes, /, ago_s: float = 0) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {token}"}

    return headers


def with_secret(secret: str) -> Signing:
    """Sign with a secret, written as `whsec_…`. Raises ValueError where it is not."""
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)

    def headers(body: bytes, /, ago_s: float = 0) -> Mapping[str, str]:
        message_id, seconds = f"msg_{uuid.uuid4().hex}", int(time.time() - ago_s)
        signature = sign(key, message_id, seconds, body)
        return {"webhook-id": message_id, "webhook-timestamp": str(seconds), "webhook-signature": signature}

    return headers
