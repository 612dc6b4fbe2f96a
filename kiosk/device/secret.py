"""Files that only the kiosk's own user may read, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.device.whole_file import write_whole


def write_secret(path: Path, text: str) -> None:
    """Replace a file so that after return it survives a power cut, and before it the old one does.

    The file has mode 0600 from its first byte on; a missing folder is made with 0700. What root writes belongs to
    the folder's owner, or `sudo kiosk pin` would shut the kiosk's own user out. Raises OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        folder = path.parent.stat()
        owner = (folder.st_uid, folder.st_gid)
    write_whole(path, text, 0o600, owner)
