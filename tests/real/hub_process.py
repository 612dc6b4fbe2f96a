"""A hub, and kiosks that write and send, as processes of their own: to be killed at any moment."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import httpx2

from tests.patience import PATIENCE_SECONDS, wait_until

ROOT = Path(__file__).parents[2]


def kiosk(*arguments: object, folder: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the command `kiosk` and wait for its end."""
    command = [sys.executable, "-m", "kiosk", *map(str, arguments)]
    ended = subprocess.run(
        command, cwd=folder, env=_environment(), capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )
    if check and ended.returncode:
        raise AssertionError(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr}")
    return ended


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Killable:
    """A process that is started and killed again and again; none outlives the test."""

    def __init__(self, folder: Path, *command: object) -> None:
        """Start with `python -m` and this."""
        self._command: Sequence[str] = [sys.executable, "-m", *map(str, command)]
        self._log = folder / "process.log"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, env=_environment(), stdout=log, stderr=subprocess.STDOUT
            )

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, and wait until it is gone."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(how)
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    @property
    def pid(self) -> int:
        """Give its number while it runs."""
        assert self._process is not None
        return self._process.pid

    def require_alive(self) -> None:
        """Fail with what it said, where it ended by itself."""
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"{self._command} ended: {self.said}")

    @property
    def said(self) -> str:
        """Give all that it ever wrote."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def __enter__(self) -> Killable:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill it."""
        self.end()


class HubProcess(Killable):
    """`kiosk hub serve`, always at the same port."""

    def __init__(self, folder: Path, database: object, *options: object) -> None:
        """Serve a database."""
        self.port = free_port()
        self.database = database
        common = ("--database", database, "--port", self.port, "--sync-seconds", 10)
        super().__init__(folder, "kiosk", "hub", "serve", *common, *options)

    @property
    def address(self) -> tuple[str, int]:
        """Give where it listens."""
        return "127.0.0.1", self.port

    def wait(self) -> None:
        """Wait until it can be sent to."""
        wait_until(self._is_ready, "a hub that is ready", lambda: self.said)

    def _is_ready(self) -> bool:
        self.require_alive()
        try:
            return httpx2.get(f"http://127.0.0.1:{self.port}/readyz", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False

    def code(self, location: str) -> str:
        """Make a code that lets a kiosk in."""
        options = ("--location", location, "--timezone", "Europe/Helsinki", "--database", self.database)
        return kiosk("hub", "enrol-code", *options, folder=self._folder).stdout.strip()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
