"""How long a test waits for what must come: far longer than that takes, as machines are shared and slow at times."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_SECONDS = 120.0
"""Only a test that fails waits so long. What must not be waited for has to take less than this, not no time."""

_TURN_SECONDS = 0.01


def wait_until(
    holds: Callable[[], object], what: str = "what must come", seen: Callable[[], object] = lambda: ""
) -> None:
    """Wait until something holds; fails when it never does, and tells what was `seen` in its place."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"never came: {what}\n{seen()}"
        time.sleep(_TURN_SECONDS)
