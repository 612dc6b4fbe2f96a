"""A terminal that only reads and notes the time: drawing what it reads would spoil what it measures."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

QUIET_SECONDS = 0.015
"""A picture is over when nothing more was written for this long."""

_READ_BYTES = 1 << 16
_WHAT_CAN_YOU_DO, _SIXELS = b"\x1b[c", b"\x1b[?62;4c"
"""A program's question, and the answer of a terminal that draws pixels (Primary Device Attributes)."""

Cell = tuple[int, int]
_STOP_SECONDS = 10.0


class ProgramEndedError(RuntimeError):
    """The program in the terminal is gone."""


class Terminal:
    """One program in a pty. All times are seconds of the monotonic clock."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int, rows: int, cell: Cell | None = None
    ) -> None:
        """Start `command`; the size is set before it starts. With `cell` the terminal says that it draws pixels."""
        self._screen, far_end = pty.openpty()
        self._draws_pixels = cell is not None
        across, down = cell or (0, 0)
        fcntl.ioctl(far_end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * across, rows * down))
        self.received = 0
        """Bytes that the program has written so far, as far as they were read."""
        self._unread = bytearray()
        self._read_at = 0.0
        self.started_at = time.monotonic()
        self._program = subprocess.Popen(
            ["setsid", "--ctty", *command],  # the terminal is the program's own, as on a screen
            stdin=far_end,
            stdout=far_end,
            stderr=far_end,
            env=dict(environment),
        )
        os.close(far_end)

    @property
    def pid(self) -> int:
        """The process number of the program."""
        return self._program.pid

    def tap(self, column: int, row: int) -> float:
        """Press and release in one cell, counted from 0; gives the time before the first byte left."""
        at = f"{column + 1};{row + 1}"
        sent_at = time.monotonic()
        os.write(self._screen, f"\x1b[<0;{at}M\x1b[<0;{at}m".encode())
        return sent_at

    def until(self, words: str, seconds: float = 30.0) -> float:
        """Give the time of the last byte of the picture that holds `words`; raises TimeoutError if it never comes."""
        deadline = time.monotonic() + seconds
        while words.encode() not in self._unread:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{words!r} was not painted within {seconds} s; the last was {self._tail()}")
            self._read(left)
        while self._read(QUIET_SECONDS):
            pass
        self._unread.clear()
        return self._read_at

    def rest(self, seconds: float) -> None:
        """Let time pass and forget what is painted meanwhile."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)
        self._unread.clear()

    def stop(self) -> None:
        """End the program as a service manager does, and wait for it."""
        self._program.send_signal(signal.SIGTERM)
        with suppress(ProgramEndedError):
            self.rest(_STOP_SECONDS)
        self._program.kill()
        self._program.wait()
        os.close(self._screen)

    def _read(self, seconds: float) -> bool:
        """Read what comes first within `seconds`; False when nothing came."""
        if not select.select([self._screen], [], [], seconds)[0]:
            return False
        try:
            received = os.read(self._screen, _READ_BYTES)
        except OSError as error:  # the far end is closed
            raise ProgramEndedError(f"the program ended; the last it wrote was {self._tail()}") from error
        self._read_at = time.monotonic()
        self._unread += received
        self.received += len(received)
        if self._draws_pixels and _WHAT_CAN_YOU_DO in received:
            os.write(self._screen, _SIXELS)
        return True

    def _tail(self) -> str:
        return repr(bytes(self._unread[-300:]))
