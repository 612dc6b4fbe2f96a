"""Passwords: what may be one, what is kept of it, and a check that takes as long for names that nobody has."""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from kiosk.errors import Refused
from kiosk.words import N_

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 200

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""Argon2id as OWASP's Password Storage sheet asks at the least; a stored hash keeps its own until the next sign-in."""

_AT_ONCE = BoundedSemaphore(4)
"""So many are reckoned at a time: a crowd at the door waits, and does not take all the memory."""


class BadPassword(Refused):
    """This cannot be a password."""


def check_new(password: str) -> None:
    """Refuse what is too short or too long to be a password; there is no other rule. Raises BadPassword."""
    if len(_normal(password)) < SHORTEST:
        raise BadPassword(
            N_("A password has at least {number} characters."),
            N_("A few words that only you would put together are easy to remember."),
            number=SHORTEST,
        )
    if len(_normal(password)) > LONGEST:
        raise BadPassword(
            N_("A password has at most {number} characters."), N_("Choose a shorter one."), number=LONGEST
        )


def hashed(password: str) -> str:
    """Give what is kept of a password."""
    with _AT_ONCE:
        return _hasher().hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Tell whether this is the password; takes as long when there is none to compare with."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            return _hasher().verify(kept or _nobodys(), _normal(password)[: LONGEST + 1]) and kept is not None
        except (InvalidHashError, VerificationError):
            return False


def is_outdated(kept: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # late: loads a C library that only an opened door needs

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody's")


def _normal(password: str) -> str:
    """Make a letter the same from every keyboard: `ä` is one character on some, two on others."""
    return unicodedata.normalize("NFC", password)
