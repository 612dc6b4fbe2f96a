"""`kiosk` on a bare pseudo-terminal: its bytes as they come, a screen to read them on, and a finger of raw bytes."""

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
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KIOSK = Path(sys.executable).with_name("kiosk")
"""The installed command."""

PATIENCE_SECONDS = 15.0
"""How long a test waits for what must come."""

_TURN_SECONDS = 0.02
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
_ASKS_FOR_FRAMES, _HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Synchronised output: a terminal that has it, as foot does, is told where a frame begins and ends."""

_SAME_TAP_SECONDS = 0.25
"""How long a first tap is given before it is made again; new choices sleep longer, so the second cannot hit them."""


class PtyKiosk:
    """A kiosk on a pseudo-terminal whose size is set before the program starts.

    A thread keeps what the kiosk writes in `received`; looking at the screen paints it, whole frames only. Cells count
    from 0 at the top left. Used as a context manager, no process outlives the block.
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
        self.received = bytearray()
        self.watch_error: BaseException | None = None
        """What went wrong in `watch`; raised again by `until`."""
        self._watch = watch
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._painted = 0
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

    # What is seen.

    def rows(self) -> list[str]:
        """Give the words on the screen, row by row."""
        self._paint()
        return list(self._screen.display)

    def text(self) -> str:
        """Give the words on the screen."""
        return "\n".join(self.rows())

    def colours(self) -> set[str]:
        """Give every ground colour on the screen: a name, or six hexadecimal digits."""
        self._paint()
        columns, rows = self._screen.columns, self._screen.lines
        return {self._screen.buffer[row][column].bg for row in range(rows) for column in range(columns)}

    def until(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until something holds; fails with the screen as it is when it never does."""
        deadline = time.monotonic() + seconds
        while not holds():
            if self.watch_error is not None:
                raise self.watch_error
            if time.monotonic() > deadline:
                raise AssertionError(f"never came: {what}\nexit code: {self.process.poll()}\n{self.text()}")
            with self._news:
                self._news.wait(_TURN_SECONDS)

    def see(self, *words: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until all the words are on the screen at once."""
        self.until(lambda: all(word in self.text() for word in words), " ".join(words), seconds)

    def place_of(self, label: str) -> tuple[int, int]:
        """Give the cell in the middle of the first place where `label` stands."""
        for y, row in enumerate(self.rows()):
            if (x := row.find(label)) >= 0:
                return x + len(label) // 2, y
        raise AssertionError(f"no {label!r} on the screen\n{self.text()}")

    # What is done.

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

    def tap_on(self, label: str) -> None:
        """Tap the words of a choice once; new choices take no tap in their first 0.4 s, so look before you tap."""
        self.tap(*self.place_of(label))

    def tap_when_awake(self, label: str, then: Callable[[], bool]) -> None:
        """Make the first tap of a session, again and again until `then` holds: the choices sleep at first."""
        self.see(label)
        place, deadline = self.place_of(label), time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            self.tap(*place)
            try:
                self.until(then, "an effect of the tap", _SAME_TAP_SECONDS)
            except AssertionError:
                continue
            return
        raise AssertionError(f"no tap on {label!r} had an effect\n{self.text()}")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self._paint()
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # How it ends.

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

    def _read(self) -> None:
        while not self._hung_up.is_set():
            if not select.select([self._master], [], [], _TURN_SECONDS)[0]:
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

    def _paint(self) -> None:
        """Bring the screen up to the end of the last whole frame."""
        received = bytes(self.received[self._painted :])
        begun = received.rfind(_FRAME_BEGINS)
        whole = received[:begun] if begun > received.rfind(_FRAME_ENDS) else received
        self._stream.feed(whole)
        self._painted += len(whole)
