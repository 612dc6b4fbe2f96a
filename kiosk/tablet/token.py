"""The access token of the tablets: made once, kept where only the kiosk's own user can read it."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from kiosk.device.secret import write_secret
from kiosk.errors import Refused

FILE = "tablet-token"
_USABLE = re.compile(r"[\w-]{20,200}", re.ASCII)


def token_in(folder: Path) -> str:
    """Give the token that is kept in `folder`, and make it where there is none. Raises Refused.

    Whoever removes the file shuts all tablets out, until each opens the new first address.
    """
    path = folder / FILE
    try:
        kept = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _made(path)
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read: {error}", _REMEDY) from error
    if not _USABLE.fullmatch(kept):
        raise Refused(f"{path} holds no usable token.", _REMEDY)
    return kept


def _made(path: Path) -> str:
    token = secrets.token_urlsafe(24)
    try:
        write_secret(path, token + "\n")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.", "Make room, or name another folder.") from error
    return token


_REMEDY = "Remove the file; a new token is made at the next start, and every tablet opens the new address once."
