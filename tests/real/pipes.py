"""A kiosk behind a tablet server, without server and browser: packets in, packets out."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.tablet.screen import environment_of
from tests.real.glass import TURN_SECONDS, Glass

_PRELUDE = b"__GANGLION__\n"
_READ_BYTES = 65_536


class PipeKiosk(Glass):
    """The kiosk's process as the tablet server starts it."""

    def __init__(self, config: Path, database: Path, environment: dict[str, str]) -> None:
        """Start it on a screen of 80x24."""
        super().__init__((80, 24))
        self._unread = b""
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-P", "-m", "kiosk", "tablet-screen", "80", "24"),
                *("--config", config, "--database", database),
            ],
            env=environment_of(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    def __enter__(self) -> Self:
        """Stand before the kiosk."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()

    def send(self, what: bytes) -> None:
        """Give what a browser sends for one key or touch."""
        self._packet(b"D", what)

    def tell(self, **content: object) -> None:
        """Tell what the server tells beside keys and touches."""
        self._packet(b"M", json.dumps(content).encode())

    def tap(self, x: int, y: int) -> None:
        """Tap a cell."""
        for final in "Mm":
            self.send(f"\x1b[<0;{x + 1};{y + 1}{final}".encode())

    def hang_up(self) -> None:
        """Let the server be gone."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def _packet(self, kind: bytes, content: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(kind + len(content).to_bytes(4, "big") + content)

    def _news_or_time(self) -> None:
        self._hear(TURN_SECONDS)

    def _paint(self) -> None:
        self._hear(0)
        super()._paint()

    def _hear(self, seconds: float) -> None:
        assert self.process.stdout is not None
        while select.select([self.process.stdout], [], [], seconds)[0]:
            chunk = self.process.stdout.read(_READ_BYTES)
            if not chunk:
                break
            self._unread += chunk
            seconds = 0
        self._unread = self._unread.removeprefix(_PRELUDE)
        while len(self._unread) >= 5 and not _PRELUDE.startswith(self._unread[: len(_PRELUDE)]):
            end = 5 + int.from_bytes(self._unread[1:5], "big")
            if len(self._unread) < end:
                break
            if self._unread[:1] == b"D":
                self.received += self._unread[5:end]
            self._unread = self._unread[end:]
