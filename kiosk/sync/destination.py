"""Where records go: what every destination has to say for itself."""

from __future__ import annotations

from typing import Protocol

from kiosk.sync.batch import Batch
from kiosk.sync.reply import Reply
from kiosk.sync.sender import Request
from kiosk.sync.trouble import Trouble
from kiosk.sync.verdict import Verdict


class CannotSend(Exception):
    """Nothing can be sent before a person has seen to it."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        """Say what is missing."""
        self.trouble, self.detail = trouble, detail
        super().__init__(detail)


class Destination(Protocol):
    """One place that records go to, with a cursor of its own. Used by one thread."""

    most_events: int
    """How many records one request may carry."""
    usual_seconds: float
    """How often to look for something to send, unless the destination says."""

    @property
    def key(self) -> str:
        """Give the name under which the cursor is kept."""

    @property
    def credential(self) -> str:
        """Give what the destination knows the kiosk by, as it is now. Raises CannotSend."""

    def request(self, batch: Batch) -> Request:
        """Put a batch into a request. Raises CannotSend."""

    def verdict(self, reply: Reply, batch: Batch) -> Verdict:
        """Tell what a reply means."""
