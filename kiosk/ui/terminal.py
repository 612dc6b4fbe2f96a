"""The terminal that the kiosk stands in, as Textual's driver for Linux drives it, hardened for a public place."""

from __future__ import annotations

import os
import select
import signal
from codecs import getincrementaldecoder
from typing import Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from kiosk.ui.sieve import Sieve

_TURN_SECONDS = 0.1
"""How long a sequence that has begun is waited for; its bytes come together."""
_READ_BYTES = 4096


class PublicTerminal(LinuxDriver):
    """Cannot be stopped by a key or a signal, and reads only what a finger or a keyboard can mean."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Refuse to be put to sleep, which the driver allows."""
        super().__init__(*given, **named)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    def run_input_thread(self) -> None:
        """Read until the kiosk ends. Bytes that are no UTF-8 and sequences that mean nothing are dropped."""
        decode, sieve = getincrementaldecoder("utf-8")("replace").decode, Sieve()
        while not self.exit_event.is_set():
            if not select.select([self.fileno], [], [], _TURN_SECONDS)[0]:
                sieve.forget()
                continue
            for piece in sieve.sift(decode(os.read(self.fileno, _READ_BYTES))):
                for message in XTermParser().feed(piece):  # a new one for each piece, so that nothing is left over
                    self.process_message(message)
