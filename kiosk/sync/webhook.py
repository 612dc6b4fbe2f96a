"""Any other address as a destination: the same body, signed as Standard Webhooks has it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.config.secrets import SecretUnfit, read_secret
from kiosk.config.sending import Webhook
from kiosk.sync.backoff import asked_wait
from kiosk.sync.batch import Batch
from kiosk.sync.destination import CannotSend
from kiosk.sync.reply import Reply
from kiosk.sync.sender import Request
from kiosk.sync.signature import sign
from kiosk.sync.trouble import Trouble, trouble_of
from kiosk.sync.verdict import Failed, NotAsItIs, Taken, Verdict
from kiosk.wire.base import BATCH_TYPE, MAX_EVENTS

_EVENT_TYPE = "application/cloudevents+json"
_HALVED: Mapping[int, str] = {400: "unreadable", 413: "too-large", 415: "unreadable", 422: "invalid"}


class WebhookDestination:
    """One address of kiosk.toml. Whatever it answers with a 2xx status is a success."""

    usual_seconds = 60.0

    def __init__(self, webhook: Webhook, now_ms: Callable[[], int]) -> None:
        """Send to a webhook of kiosk.toml; `now_ms` is the wall clock."""
        self._webhook, self._now_ms = webhook, now_ms
        self.most_events = 1 if webhook.single else MAX_EVENTS

    @property
    def key(self) -> str:
        """Give the name under which the cursor is kept."""
        return f"webhook {self._webhook.called}"

    @property
    def credential(self) -> str:
        """Give the secret as it stands in its file; empty without one. Raises CannotSend."""
        return _secret(self._webhook.secret_file).hex() if self._webhook.secret_file else ""

    def request(self, batch: Batch) -> Request:
        """Put a batch into a request, whose `webhook-id` is the same for the same records. Raises CannotSend."""
        body = batch.encoded_records[0] if self._webhook.single else batch.body
        headers = {name.lower(): value for name, value in self._webhook.headers.items()}
        headers["content-type"] = _EVENT_TYPE if self._webhook.single else BATCH_TYPE
        return Request(self._webhook.url, {**headers, **self._signed(body)}, body)

    def verdict(self, reply: Reply, batch: Batch) -> Verdict:
        """Tell what a reply means, by its status alone."""
        if 200 <= reply.status < 300:
            return Taken()
        said = f"status {reply.status}"
        if code := _HALVED.get(reply.status):
            return NotAsItIs(code, said, Trouble.UNUSABLE)
        if 300 <= reply.status < 400:
            return Failed(Trouble.PORTAL, said)
        trouble = trouble_of(reply.status) or Trouble.UNUSABLE
        return Failed(trouble, said, asked_wait(reply.headers, self._now_ms()))

    def _signed(self, body: bytes) -> dict[str, str]:
        message_id = f"msg_{hashlib.sha256(body).hexdigest()[:32]}"
        timestamp = self._now_ms() // 1000
        headers = {"webhook-id": message_id, "webhook-timestamp": str(timestamp)}
        if self._webhook.secret_file:
            secret = _secret(self._webhook.secret_file)
            headers["webhook-signature"] = sign(secret, message_id, timestamp, body)
        return headers


def _secret(file: Path) -> bytes:
    try:
        return read_secret(file)
    except SecretUnfit as error:
        raise CannotSend(Trouble.SECRET, f"{file} {error}") from error
