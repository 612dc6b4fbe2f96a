"""Who this kiosk is to a hub: its key, its token and where they are good for, in one file beside the database.

The file is only ever replaced whole, so that after a crash at any moment either the state before or the one after is
there; both can be gone on from. It is read anew each time, so a running kiosk notices what `kiosk enrol` has changed.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from kiosk.device.secret import write_secret
from kiosk.errors import Refused
from kiosk.wire.keys import new_private_key

FILE_NAME = "hub.json"


class IdentityUnusable(Refused):
    """hub.json cannot be read or written: nothing can be sent to a hub."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What the hub said when it let this kiosk in."""

    url: str
    """Where the hub is, without a slash at the end. Only enrolment changes it."""
    hub: UUID
    """The hub's own id: an answer with another one is another hub's."""
    hub_keys: tuple[str, ...]
    """Public keys, of which one has signed each configuration."""
    location: str
    location_id: UUID
    """Whose configurations are meant for this kiosk."""
    token: str = field(repr=False)
    token_ms: int
    """When the token was made, by this kiosk's wall clock."""
    next_token: str | None = field(default=None, repr=False)
    """The token to come: made here, told to the hub, not used yet."""

    def with_next_token(self) -> Membership:
        """Have a token ready that the hub does not know yet."""
        return replace(self, next_token=secrets.token_urlsafe(32))

    def moved_on(self, now_ms: int) -> Membership:
        """Use the token to come from now on."""
        return replace(self, token=self.next_token or self.token, token_ms=now_ms, next_token=None)


@dataclass(frozen=True, slots=True)
class Identity:
    """One version of hub.json."""

    device_id: UUID
    """The database's: with another database this is another kiosk, and has to be let in anew."""
    private_key: str = field(repr=False)
    """Ed25519, in unpadded base64url; it never leaves this machine."""
    membership: Membership | None = None
    """None until a hub has let the kiosk in."""


_FORM: TypeAdapter[Identity] = TypeAdapter(Identity)


def read_identity(folder: Path, device_id: UUID) -> Identity | None:
    """Read the identity of the kiosk whose database lies in a folder; None where it has none yet.

    Raises IdentityUnusable.
    """
    path = folder / FILE_NAME
    try:
        identity = _FORM.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError:
        raise IdentityUnusable(f"{path} is damaged, so nothing can be sent to the hub.", _REMEDY) from None
    except OSError as error:
        raise IdentityUnusable(
            f"{path} cannot be read: {error.strerror}. Nothing can be sent to the hub.",
            "See that the file belongs to the kiosk's user.",
        ) from error
    return identity if identity.device_id == device_id else None


def has_identity(folder: Path) -> bool:
    """Tell at once whether a hub may have let in the kiosk whose database lies in a folder."""
    return (folder / FILE_NAME).exists()


def membership_in(folder: Path, device_id: UUID) -> Membership | None:
    """Give what the kiosk can send with now; None while no hub has let it in. Raises IdentityUnusable."""
    identity = read_identity(folder, device_id)
    return identity.membership if identity else None


def write_identity(folder: Path, identity: Identity) -> None:
    """Keep an identity so that it survives a power cut. Raises IdentityUnusable."""
    path = folder / FILE_NAME
    try:
        write_secret(path, _FORM.dump_json(identity, indent=2).decode() + "\n")
    except OSError as error:
        raise IdentityUnusable(
            f"{path} cannot be written: {error.strerror}.",
            "Make room on the disk and see that the folder belongs to the kiosk's user.",
        ) from error


def identity_with_key(folder: Path, device_id: UUID) -> Identity:
    """Give the identity, which has a key from now on: the same at every try. Raises IdentityUnusable."""
    with sole_change(folder):
        known = read_identity(folder, device_id)
        if known is not None:
            return known
        made = Identity(device_id, new_private_key())
        write_identity(folder, made)
        return made


@contextmanager
def sole_change(folder: Path) -> Iterator[None]:
    """Let nobody else change the identity meanwhile: the running kiosk and `kiosk enrol` may both want to.

    Raises IdentityUnusable.
    """
    try:
        descriptor = os.open(folder / f"{FILE_NAME}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise IdentityUnusable(
            f"{folder / FILE_NAME} cannot be changed: {error.strerror}.",
            "See that the folder belongs to the kiosk's user.",
        ) from error
    try:
        if os.geteuid() == 0:  # what root makes would shut the kiosk's own user out
            owner = folder.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def hash_of(token: str) -> str:
    """Give what the hub knows a token by."""
    return sha256(token.encode()).hexdigest()


_REMEDY = "Remove the file and enrol the kiosk anew, as a new one: `kiosk hub enrol-code --replaces` makes its code."
