"""The staff door: who may set a PIN, who may try one, and how long a wrong one costs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kiosk.clock import Clock
from kiosk.device.pin_state import (
    FREE_TRIES,
    FirstStart,
    PinState,
    PinUnusable,
    damaged,
    lock_after,
    read_state,
    write_state,
)
from kiosk.errors import Refused
from kiosk.words import N_

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE_NAME = "pin.json"

CLAIM_SECONDS = 15 * 60
"""How long after the very first start the first PIN may be set on the screen."""

SHORTEST, LONGEST = 6, 12

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""Argon2id as OWASP's Password Storage sheet asks at the least; a stored hash keeps its own until the next entry."""


class WeakPin(Refused):
    """The PIN cannot be taken: wrong length, other characters than digits, or the first guess of everyone."""


class WrongPin(Refused):
    """The PIN was not right, or the door is locked and it was not even looked at."""

    def __init__(self, tries_left: int, locked_seconds: float) -> None:
        """Say how many wrong tries are still free (`tries_left`), and how long the door is shut now."""
        self.tries_left = tries_left
        self.locked_seconds = locked_seconds
        if locked_seconds:
            super().__init__(f"The staff door is locked for {locked_seconds:.0f} seconds.", "Wait, then try again.")
        else:
            super().__init__("That PIN is wrong.", f"Wrong tries left before the door locks: {tries_left}.")


class PinVault:
    """The PIN and its lock, kept in the data folder. Every method reads the file anew, and is safe in any thread."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Look after `pin.json` in a folder; nothing is written yet."""
        self.path = folder / FILE_NAME
        self._clock = clock
        self._turn = Lock()

    @property
    def is_set(self) -> bool:
        """Tell whether there is a PIN. A damaged file counts as one: it must never let a first PIN be chosen."""
        try:
            return read_state(self.path).hash is not None
        except PinUnusable:
            return True

    def note_start(self) -> None:
        """Note that the kiosk started: the first time opens the claim, later ones restart a lock of another boot.

        Raises PinUnusable when the file cannot be read or written.
        """
        with self._turn:
            state = self._settled()
            if state.first_start is None:
                now = self._clock.now()
                write_state(self.path, replace(state, first_start=FirstStart(now.boot_id, now.boot_ms)))

    def may_claim(self) -> bool:
        """Tell whether the first PIN may be set on the screen: none yet, and within 15 minutes of the first start.

        Measured in boot time. A reboot closes the claim for good, or pulling the plug would reopen it.
        """
        try:
            state = read_state(self.path)
        except PinUnusable:
            return False
        first, now = state.first_start, self._clock.now()
        if state.hash is not None or first is None or first.boot_id != now.boot_id:
            return False
        return now.boot_ms - first.boot_ms < CLAIM_SECONDS * 1000

    def set(self, pin: str) -> None:
        """Set or change the PIN and open the lock. Raises WeakPin or PinUnusable."""
        _refuse_weak(pin)
        with self._turn:
            try:
                first_start = read_state(self.path).first_start
            except PinUnusable:
                first_start = None
            write_state(self.path, PinState(hash=_hasher().hash(pin), first_start=first_start))

    def check(self, pin: str) -> None:
        """Return when the PIN is right. Raises WrongPin, or PinUnusable when no PIN could be right.

        The try counts as wrong on disk before it is looked at, so pulling the plug gains nothing.
        """
        with self._turn:
            before = self._settled()
            if before.lock:
                raise WrongPin(0, self._left(before))
            if before.hash is None:
                raise PinUnusable(N_("No PIN is set, so the staff door stays shut."), N_("Set one with `kiosk pin`."))
            counted = before.failed(self._clock.now())
            write_state(self.path, counted)
            if not self._matches(before.hash, pin):
                raise WrongPin(max(0, FREE_TRIES - counted.failures), lock_after(counted.failures))
            write_state(self.path, replace(before, hash=_renewed(before.hash, pin), failures=0))

    def locked_for(self) -> float:
        """Give the seconds until the next try is allowed; 0 when it is now. Raises PinUnusable."""
        with self._turn:
            return self._left(self._settled())

    def _settled(self) -> PinState:
        """Read the state as it stands in this boot, and keep what the time has changed."""
        stored = read_state(self.path)
        state = stored.settled(self._clock.now())
        if state != stored:
            write_state(self.path, state)
        return state

    def _left(self, state: PinState) -> float:
        return max(0.0, (state.lock.until_ms - self._clock.now().boot_ms) / 1000) if state.lock else 0.0

    def _matches(self, stored: str, pin: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

        try:
            return _hasher().verify(stored, pin)
        except VerifyMismatchError:
            return False
        except (InvalidHashError, VerificationError):
            raise damaged(self.path) from None


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # late: loads a C library that only an opened door needs

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def _renewed(stored: str, pin: str) -> str:
    """Give the hash to keep: a new one when today's parameters are others than those it was made with."""
    hasher = _hasher()
    return hasher.hash(pin) if hasher.check_needs_rehash(stored) else stored


def _refuse_weak(pin: str) -> None:
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise WeakPin(f"A PIN has {SHORTEST} to {LONGEST} digits and nothing else.", "Choose another one.")
    if _is_run(pin) or _is_repetition(pin):
        raise WeakPin("That PIN is among the first that anyone would try.", "Choose digits without a pattern.")


def _is_run(pin: str) -> bool:
    """Tell whether every digit is the same step from the one before: 111111, 123456, 654321, 890123, 246802."""
    return len({(int(digit) - int(before)) % 10 for before, digit in pairwise(pin)}) == 1


def _is_repetition(pin: str) -> bool:
    """Tell whether two or three digits are repeated to the end: 121212, 123123."""
    return any(pin == (pin[:length] * len(pin))[: len(pin)] for length in (2, 3))
