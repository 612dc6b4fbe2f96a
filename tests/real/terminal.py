"""`kiosk` on a bare pseudo-terminal: its bytes as they come, and a finger of raw bytes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.patience import PATIENCE_SECONDS
from tests.real.glass import TURN_SECONDS, Glass

KIOSK = Path(sys.executable).with_name("kiosk")
"""The installed command."""

_ASKS_FOR_FRAMES, _HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Synchronised output: a terminal that has it, as foot does, is told where a frame begins and ends."""


class PtyKiosk(Glass):
    """A kiosk on a pseudo-terminal whose size is set before the program starts.

    A thread keeps what the kiosk writes in `received`. Used as a context manager, no process outlives the block.
    """

    def __init__(
        self,
        *arguments: str | Path,
        folder: Path,
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
        watch: Callable[[bytearray], None] | None = None,
        wrapper: Sequence[str] = (),
    ) -> None:
        """Start `kiosk ARGUMENTS` in `folder`, on `size` columns and rows.

        `watch` is called in the reading thread, as soon as bytes come, with all that was received so far; `wrapper` is
        a command that starts the kiosk, such as `strace`.
        """
        super().__init__(size)
        self.watch_error: BaseException | None = None
        """What went wrong in `watch`; raised again where a test waits."""
        self._watch = watch
        self._has_frames = False
        self._news = threading.Condition()
        self._hung_up = threading.Event()
        self._master, slave = pty.openpty()
        self.resize(*size)
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *wrapper, KIOSK, *arguments],
            cwd=folder,
            env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
            stdin=slave,
            stdout=slave,
            stderr=slave,
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        """Stand before the kiosk."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    def send(self, what: bytes) -> None:
        """Give raw bytes, as a terminal does."""
        os.write(self._master, what)

    def mouse(self, button: int, x: int, y: int, final: str) -> None:
        """Report a mouse event of the SGR protocol; `final` is M for a press or a move, m for a release."""
        self.send(f"\x1b[<{button};{x + 1};{y + 1}{final}".encode())

    def press(self, x: int, y: int) -> None:
        """Put the finger down on a cell."""
        self.mouse(0, x, y, "M")

    def release(self, x: int, y: int) -> None:
        """Lift the finger from a cell."""
        self.mouse(0, x, y, "m")

    def tap(self, x: int, y: int) -> None:
        """Tap a cell."""
        self.press(x, y)
        self.release(x, y)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self.reshape(columns, rows)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def ended(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Wait until the kiosk has ended and all its words are read; gives the exit code."""
        code = self.process.wait(seconds)
        self._reader.join(seconds)
        return code

    def end(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Ask the kiosk to end, as a system does that shuts down; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended(seconds)

    def hang_up(self) -> None:
        """Close the terminal, as a window that is closed does."""
        self._hung_up.set()
        self._reader.join()

    def _holds(self, path: Path) -> bool:
        for descriptor in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with suppress(FileNotFoundError):  # it may be closed while one looks
                if descriptor.readlink() == path:
                    return True
        return False

    def _news_or_time(self) -> None:
        if self.watch_error is not None:
            raise self.watch_error
        with self._news:
            self._news.wait(TURN_SECONDS)

    def _ending(self) -> str:
        return f"exit code {self.process.poll()}"

    def _read(self) -> None:
        while not self._hung_up.is_set():
            if not select.select([self._master], [], [], TURN_SECONDS)[0]:
                continue
            try:
                chunk = os.read(self._master, 65_536)
            except OSError:  # how Linux says that the last program has left the terminal
                break
            self._take(chunk)
        os.close(self._master)
        self._master = -1  # the number may soon mean another file

    def _take(self, chunk: bytes) -> None:
        self.received += chunk
        if not self._has_frames and _ASKS_FOR_FRAMES in self.received:
            self._has_frames = True
            self.send(_HAS_FRAMES)
        if self._watch is not None and self.watch_error is None:
            try:
                self._watch(self.received)
            except BaseException as error:  # noqa: BLE001 - it is raised again where the test waits
                self.watch_error = error
        with self._news:
            self._news.notify_all()
