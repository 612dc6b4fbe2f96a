"""The terminal that the kiosk stands in, as Textual's driver for Linux drives it, hardened for a public place."""

from __future__ import annotations

import os
import re
import select
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TextIO, cast

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from kiosk.device.terminal import window_size
from kiosk.ui.public import RasterFound
from kiosk.ui.sieve import Sieve

_TURN_SECONDS = 0.1
"""How long a sequence that has begun is waited for; its bytes come together."""
_READ_BYTES = 4096
_WHAT_CAN_YOU_DO = "\x1b[c"
_CAN_DO = re.compile(r"\x1b\[\?([0-9;]+)c")
_SIXELS = "4"
"""Question, answer and what in it stands for sixels (Primary Device Attributes, VT330/VT340 manual)."""


class PublicTerminal(LinuxDriver):
    """Reads only what a finger or a keyboard can mean, cannot be put to sleep, and ends when the terminal is gone."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Refuse the signal that the driver would sleep at."""
        super().__init__(*given, **named)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        self._file = cast(Any, _Outlet(cast(TextIO, self._file)))

    def run_input_thread(self) -> None:
        """Read until the kiosk ends. Bytes that are no UTF-8 and sequences that mean nothing are dropped."""
        decode, sieve = getincrementaldecoder("utf-8")("replace").decode, Sieve()
        while not self.exit_event.is_set():
            if not select.select([self.fileno], [], [], _TURN_SECONDS)[0]:
                sieve.forget()
            elif received := self._receive():
                for piece in sieve.sift(decode(received)):
                    for message in self._answered(piece) or meant_by(piece):
                        self.process_message(message)
            else:
                self._app.call_later(self._app.exit)
                return

    def ask_for_pixels(self) -> None:
        """Ask what the terminal can draw; one that knows the question answers with a message to the application."""
        self.write(_WHAT_CAN_YOU_DO)

    def _answered(self, piece: str) -> Iterable[Message]:
        if answer := _CAN_DO.fullmatch(piece):
            return [RasterFound(self._cell() if _SIXELS in answer[1].split(";")[1:] else None)]
        return []

    def _cell(self) -> tuple[int, int] | None:
        """Give width and height of a cell in pixels; None where the terminal does not tell."""
        try:
            columns, rows, width, height = window_size(self.fileno)
        except OSError:
            return None
        if not (rows and columns and width >= 2 * columns and height >= 2 * rows):
            return None
        return width // columns, height // rows

    def _receive(self) -> bytes:
        """Give the bytes that have come; none when the terminal is gone."""
        try:
            return os.read(self.fileno, _READ_BYTES)
        except OSError:
            return b""


def meant_by(piece: str) -> Iterable[Message]:
    """Give what one whole sequence, or characters, mean to the application."""
    if piece.startswith(BRACKETED_PASTE_START):  # Textual would take what follows an escape character for keys
        return [events.Paste(piece.removeprefix(BRACKETED_PASTE_START).removesuffix(BRACKETED_PASTE_END))]
    if _CAN_DO.fullmatch(piece):
        return []
    return XTermParser().feed(piece)  # a new one for each piece, so that nothing is left over


class _Outlet:
    """Writes to a terminal as long as it is there: the driver's writing thread would die, and all would wait for it."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._terminal.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._terminal.flush()

    def fileno(self) -> int:
        return self._terminal.fileno()
