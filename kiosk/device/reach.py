"""Whether another user of this machine could read a file."""

from __future__ import annotations

import stat
from pathlib import Path


def first_closed(path: Path) -> Path | None:
    """Give the first folder on the way to a file, or the file, that is not open to everybody; None when all are.

    Only rights for everybody are looked at: groups and access lists may open more. What is not there is not closed.
    """
    for place in (*reversed(path.absolute().parents), path.absolute()):
        try:
            mode = place.stat().st_mode
        except FileNotFoundError:
            return None
        except OSError:
            return place
        if not mode & (stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH):
            return place
    return None
