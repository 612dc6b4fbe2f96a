"""What pin.json holds: the hash, the wrong tries, the lock they brought, and when the kiosk first started."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from kiosk.clock import Moment
from kiosk.device.secret import write_secret
from kiosk.errors import Refused
from kiosk.words import N_

FREE_TRIES = 5
"""Wrong PINs that cost nothing but themselves."""

LOCK_SECONDS = (30, 60, 120, 240, 480, 900)
"""How long the door stays shut after each further wrong PIN; the last one repeats."""

_Count = Annotated[int, Field(ge=0)]

_REMEDY = N_("Set a new PIN with `kiosk pin`.")


class PinUnusable(Refused):
    """pin.json cannot be read or written, so the door stays shut."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A shut door, in the time of one boot: the wall clock has no say in it."""

    boot_id: str
    until_ms: _Count
    """Milliseconds since that boot."""
    seconds: _Count
    """The whole length: after a reboot it starts again, for nobody can tell how long the power was off."""


@dataclass(frozen=True, slots=True)
class FirstStart:
    """When the kiosk ran for the first time."""

    boot_id: str
    boot_ms: _Count


@dataclass(frozen=True, slots=True)
class PinState:
    """One version of pin.json."""

    hash: str | None = None
    """Argon2id with its parameters, in the usual `$argon2id$…` spelling; None until a PIN is set."""
    failures: _Count = 0
    """Wrong tries since the last right one."""
    lock: Lock | None = None
    first_start: FirstStart | None = None

    def failed(self, now: Moment) -> PinState:
        """Count one more wrong try, and shut the door when the free ones are used up."""
        failures = self.failures + 1
        seconds = lock_after(failures)
        lock = Lock(now.boot_id, now.boot_ms + seconds * 1000, seconds) if seconds else None
        return replace(self, failures=failures, lock=lock)

    def settled(self, now: Moment) -> PinState:
        """Drop a lock that is over, and start the lock of an earlier boot again."""
        if self.lock is None:
            return self
        if self.lock.boot_id != now.boot_id:
            until_ms = now.boot_ms + self.lock.seconds * 1000
            return replace(self, lock=replace(self.lock, boot_id=now.boot_id, until_ms=until_ms))
        return self if self.lock.until_ms > now.boot_ms else replace(self, lock=None)


def lock_after(failures: int) -> int:
    """Give the seconds that the door stays shut after so many wrong tries in a row; 0 while they are free."""
    further = failures - FREE_TRIES
    return LOCK_SECONDS[min(further, len(LOCK_SECONDS)) - 1] if further > 0 else 0


def read_state(path: Path) -> PinState:
    """Read pin.json; a missing file is a kiosk without a PIN. Raises PinUnusable."""
    try:
        return TypeAdapter(PinState).validate_json(path.read_bytes(), strict=True)
    except FileNotFoundError:
        return PinState()
    except ValidationError:
        raise damaged(path) from None
    except OSError as error:
        said = N_("{path} cannot be read: {reason}. The staff door stays shut.")
        raise PinUnusable(said, _REMEDY, path=path, reason=error.strerror) from error


def write_state(path: Path, state: PinState) -> None:
    """Write pin.json so that it survives a power cut. Raises PinUnusable."""
    try:
        write_secret(path, TypeAdapter(PinState).dump_json(state, indent=2).decode() + "\n")
    except OSError as error:
        raise PinUnusable(
            N_("{path} cannot be written: {reason}. The staff door stays shut."),
            N_("Make room on the disk and see that the folder belongs to the kiosk's user."),
            path=path,
            reason=error.strerror,
        ) from error


def damaged(path: Path) -> PinUnusable:
    """Say that nobody can tell which PIN is the right one."""
    return PinUnusable(N_("{path} is damaged, so the staff door stays shut."), _REMEDY, path=path)
