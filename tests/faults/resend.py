"""Records that come to a hub once more, from a proxy that kept them or a card that was copied back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import httpx2

from kiosk.store.delivery import Outgoing
from kiosk.store.reader import Reader
from kiosk.sync.batch import pack
from kiosk.sync.identity import membership_in
from kiosk.wire.ack import Ack
from kiosk.wire.base import BATCH_TYPE
from tests.patience import PATIENCE_SECONDS


def resend(records: Sequence[Outgoing], reader: Reader, folder: Path, url: str) -> Ack:
    """Send a kiosk's records, whatever its cursor says, to the hub at `url`; `folder` is where its hub.json lies."""
    membership = membership_in(folder, reader.device_id)
    assert membership is not None
    headers = {"Authorization": f"Bearer {membership.token}", "Content-Type": BATCH_TYPE}
    body = pack(records, 0, reader.device_id).body
    reply = httpx2.post(f"{url}/v1/events", content=body, headers=headers, timeout=PATIENCE_SECONDS)
    return Ack.model_validate_json(reply.content)
