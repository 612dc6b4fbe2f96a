"""A tablet's browser, as Textual's driver for textual-serve drives it, hardened for a public place."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import partial
from typing import Any

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver

from kiosk.ui.sieve import Sieve
from kiosk.ui.terminal import meant_by

_HEARD = ("resize", "focus", "blur", "quit")
"""What the server may tell beside keys and touches."""


class PublicBrowser(WebDriver):
    """Reads only what a finger or a keyboard can mean, hands out no files, and ends when the server is gone."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Paint on as long as the server reads; to paint for nobody is no error."""
        super().__init__(*given, **named)
        self._write = partial(_put, self.fileno)

    def run_input_thread(self) -> None:
        """Read until the kiosk or the server ends. The server sends each key and touch whole."""
        decode, stream = getincrementaldecoder("utf-8")("replace").decode, ByteStream()
        for received in self._input_reader:
            for kind, payload in stream.feed(received) if received else ():
                if kind == "D":
                    self._take(decode(payload))
                else:
                    self._on_meta(kind, payload)
        if not self.exit_event.is_set():
            self._app.call_later(self._app.exit)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Hear of the size, the focus and the end."""
        if packet_type in _HEARD:
            super().on_meta(packet_type, payload)

    def _take(self, text: str) -> None:
        for piece in Sieve().sift(text):
            for message in meant_by(piece):
                self.process_message(message)


def _put(descriptor: int, content: bytes) -> int:
    with suppress(OSError):
        return os.write(descriptor, content)
    return 0
