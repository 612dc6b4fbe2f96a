"""One kiosk's own process, and the pipes between it and a browser."""

from __future__ import annotations

import asyncio
import json
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from typing import Any

from textual_serve.app_service import AppService

from kiosk.tablet.stand import Stand

END_SECONDS = 5.0
"""How long a kiosk may take to finish what is under way; then it is killed, which loses no stored answer."""

_ALLOWED = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "PYTHONPATH", "TMPDIR", "TZ", "USER", "XDG_DATA_HOME")
"""What the kiosk's process may know of the server's environment: where things are, and in which language."""

_FEWEST, _MOST = (20, 5), (300, 150)
"""Columns and rows that are believed: a screen's memory grows with them."""


def environment_of(server: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a kiosk's process: from the server's only what is allowed."""
    return {name: server[name] for name in _ALLOWED if name in server} | {"PYTHONUTF8": "1"}


def believable(columns: object, rows: object) -> tuple[int, int]:
    """Give the nearest size that a tablet can have; what is no number counts as nothing."""
    given = (value if isinstance(value, int) else 0 for value in (columns, rows))
    width, height = (max(low, min(value, high)) for value, low, high in zip(given, _FEWEST, _MOST, strict=True))
    return width, height


class Screen(AppService):
    """Starts a kiosk without a shell, tells it what the tablet does, and never leaves it behind."""

    def __init__(self, stand: Stand, **ways: Any) -> None:
        """Be ready to show a stand; `ways` are textual-serve's ways to the browser."""
        super().__init__(command="", **ways)
        self._command = stand.command

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        columns, rows = believable(width, height)
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            str(columns),
            str(rows),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment_of(os.environ),
            start_new_session=True,  # Ctrl+C ends the server, and the server ends the kiosk in order
        )
        self._stdin = self._process.stdin
        return self._process

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell the kiosk the new size of the tablet's screen."""
        await super().set_terminal_size(*believable(width, height))

    async def run(self) -> None:
        """Pass on what the kiosk paints; when it has ended, the browser is told so and may ask again."""
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def on_meta(self, data: bytes) -> None:
        """Hear only that the kiosk ends: it opens no addresses and hands out no files."""
        if json.loads(data).get("type") == "exit":
            await self.remote_close()

    async def on_packed(self, payload: bytes) -> None:
        """Pass on nothing: it would be a file."""

    async def stop(self) -> None:
        """End the kiosk; after return its database is free for the next one."""
        process = self._process
        if process is None:
            return
        deadline = asyncio.get_running_loop().call_later(END_SECONDS, _kill, process)
        try:
            await super().stop()
        finally:
            if self._task is not None:  # it did not come so far: whoever waited has been called away
                _kill(process)
            await process.wait()
            deadline.cancel()


def _kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()
