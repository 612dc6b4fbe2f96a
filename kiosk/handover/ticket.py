"""The right to fetch one file once, for a while."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from threading import Lock
from typing import Literal

from kiosk.clock import Clock

State = Literal["waiting", "fetching", "fetched", "expired"]
"""`fetching`: a phone is taking it right now; `expired`: nobody came, or staff left."""

_TOKEN_BYTES = 16


class Ticket:
    """One link's life. Safe from several threads."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        """Be good for `seconds` from now."""
        self._clock = clock
        self._ends_at = clock.seconds() + seconds
        self._lock = Lock()
        self._state: State = "waiting"
        self.token = b32encode(secrets.token_bytes(_TOKEN_BYTES)).decode().rstrip("=")
        """128 random bits in capital letters and digits, which make a smaller QR code than small letters do."""

    def fits(self, path: str) -> bool:
        """Tell whether an address's path is this one's, in a time that tells nothing of how near a guess was."""
        given = path.partition("?")[0].upper()  # messengers add things after `?`
        return hmac.compare_digest(given.encode(), f"/{self.token}".encode())

    @property
    def state(self) -> State:
        """Tell how far it is."""
        with self._lock:
            return self._now()

    @property
    def seconds_left(self) -> float:
        """Give how long it is good for; 0 once it is over."""
        return max(self._ends_at - self._clock.seconds(), 0.0)

    def claim(self) -> bool:
        """Begin to fetch; False when somebody else does, when it was fetched, or when it is too late."""
        with self._lock:
            if self._now() != "waiting":
                return False
            self._state = "fetching"
            return True

    def settle(self, *, arrived: bool) -> None:
        """End fetching: it is used up when the file `arrived`, else it is as good as before."""
        with self._lock:
            if self._state == "fetching":
                self._state = "fetched" if arrived else "waiting"

    def void(self) -> None:
        """End it now; what was fetched stays fetched."""
        with self._lock:
            self._ends_at = self._clock.seconds()
            if self._state == "fetching":
                self._state = "waiting"

    def _now(self) -> State:
        if self._state == "waiting" and self._clock.seconds() >= self._ends_at:
            return "expired"
        return self._state
