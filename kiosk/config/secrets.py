"""Secrets stand in files of their own, which nobody but the kiosk's user may read."""

from __future__ import annotations

import base64
import binascii
import os
import stat
from pathlib import Path

_PREFIX = "whsec_"
_LARGEST_FILE = 4096
_LENGTHS = range(24, 65)
"""Bytes of a secret, as Standard Webhooks has it."""


class SecretUnfit(Exception):
    """The file cannot be used. The text is the end of a sentence that begins with the file's name."""


def read_secret(file: Path) -> bytes:
    """Read a webhook's secret as it is now. Raises SecretUnfit."""
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            content = opened.read(_LARGEST_FILE).decode("ascii", "replace").strip()
    except OSError as error:
        raise SecretUnfit(f"cannot be read: {error.strerror}") from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SecretUnfit("is open to others; take that away with `chmod 600`")
    return _decoded(content)


def _decoded(content: str) -> bytes:
    try:
        secret = base64.b64decode(content.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SecretUnfit(f"does not hold a secret in the form {_PREFIX}… (base64)") from error
    if len(secret) not in _LENGTHS:
        raise SecretUnfit(f"holds a secret of {len(secret)} bytes; it must have {_LENGTHS[0]} to {_LENGTHS[-1]}")
    return secret
