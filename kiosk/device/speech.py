"""A voice: hands words to a synthesiser of this machine, and stops it when they are no longer wanted."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.device.finding import Finding
from kiosk.text import clean

_STOP_SECONDS = 1.0
"""How long a synthesiser may take to end before it is killed."""

_LONGEST = 2_000
"""Characters that are read at once; they fit into a pipe, so that handing them over never waits."""

_TEXT = "{text}"
_VOICE = "{voice}"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a synthesiser wants to be called."""

    arguments: tuple[str, ...]
    """With places for the voice and, where it reads no standard input, the text."""
    hush: tuple[str, ...] = ()
    """Arguments that stop what it has already passed on to a server."""
    voices: Mapping[str, str] | None = None
    """Its names for languages, where they are not the languages' own codes. What is not named has no voice."""


_MANNERS: Mapping[str, Manner] = {
    "espeak-ng": Manner(("-v", _VOICE, "-b", "1", "--stdin")),
    "spd-say": Manner(("--wait", "--language", _VOICE, "--", _TEXT), hush=("--cancel",)),
    "say": Manner(
        ("-v", _VOICE, "-f", "-"),
        voices={"fi": "Satu", "sv": "Alva", "en": "Samantha", "ru": "Milena", "uk": "Lesya", "de": "Anna"},
    ),
}
_ANY_OTHER = Manner((_VOICE,))
"""A program of the shop's own gets the voice as its only argument, and the text on standard input."""


class Speaker:
    """Reads aloud, one text at a time: a new one stops the old one. No call waits, and none raises."""

    def __init__(self, program: str, voices: Mapping[str, str]) -> None:
        """Speak with `program`; `voices` names the voice of a language where the usual one will not do."""
        self._program, self._voices = program, voices
        self._manner = _MANNERS.get(Path(program).name, _ANY_OTHER)
        self._speaking: subprocess.Popen[bytes] | None = None
        self._thread = ThreadPoolExecutor(1, "speech")

    def say(self, text: str, language: str) -> None:
        """Stop what is being read and read this; nothing where the program has no voice for the language."""
        self._thread.submit(self._start, text, language)

    def hush(self) -> None:
        """Stop what is being read."""
        self._thread.submit(self._stop)

    def close(self) -> None:
        """Stop, and wait until nothing is left of it: seconds at the most."""
        self.hush()
        self._thread.shutdown()

    def voice(self, language: str) -> str | None:
        """Give the voice for a language, `sv-FI` as well as `sv`; None where there is none."""
        base = language.partition("-")[0]
        usual = base if self._manner.voices is None else self._manner.voices.get(base)
        return self._voices.get(language) or self._voices.get(base) or usual

    def command(self, text: str, language: str) -> list[str] | None:
        """Give the command that reads a text, without a shell; None where there is no voice for the language."""
        if (voice := self.voice(language)) is None:
            return None
        given = {_VOICE: voice, _TEXT: text}
        return [self._program, *(given.get(argument, argument) for argument in self._manner.arguments)]

    def _start(self, text: str, language: str) -> None:
        self._stop()
        said = spoken(text)
        if not said or (command := self.command(said, language)) is None:
            return
        try:
            self._speaking = _run(command)
        except OSError as error:
            log.warning("%s cannot speak: %s", self._program, error)
            return
        if self._speaking.stdin is not None:
            with suppress(OSError), self._speaking.stdin as to_synthesiser:  # one that has ended reads nothing
                to_synthesiser.write(said.encode())

    def _stop(self) -> None:
        speaking, self._speaking = self._speaking, None
        if speaking is None:
            return
        if speaking.poll() is None:
            _end(speaking)
            self._cancel()
        elif speaking.returncode:
            log.warning("%s ended with code %s", self._program, speaking.returncode)

    def _cancel(self) -> None:
        if self._manner.hush:
            with suppress(OSError, subprocess.SubprocessError):
                subprocess.run([self._program, *self._manner.hush], timeout=_STOP_SECONDS, check=False)


def spoken(text: str) -> str:
    """Give `text` so that no synthesiser takes any of it for an option, a command or markup."""
    plain = clean(text.translate(str.maketrans("<>[]{}|\\", "        ")), _LONGEST)
    return plain.lstrip("-@ ")


def find_program(wanted: str) -> str | None:
    """Give the path of the program that `[speech] command` means; None for `off` or when it is not installed."""
    names: Sequence[str] = () if wanted == "off" else tuple(_MANNERS) if wanted == "auto" else (wanted,)
    return next(filter(None, map(shutil.which, names)), None)


def speech_findings(wanted: str) -> list[Finding]:
    """Tell the doctor whether the voice that kiosk.toml asks for is there; nothing where it asks for none."""
    if wanted == "off":
        return []
    if program := find_program(wanted):
        return [Finding("speech", "ok", f"{program} reads to those who ask for it.")]
    said = "kiosk.toml asks for a voice, and " + (
        "no synthesiser is installed." if wanted == "auto" else f"there is no program {wanted}."
    )
    return [Finding("speech", "warning", said, 'Install espeak-ng, or set [speech] command = "off".')]


def _run(command: list[str]) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, start_new_session=True)


def _end(speaking: subprocess.Popen[bytes]) -> None:
    """End a synthesiser and whatever it has started."""
    for name in ("SIGTERM", "SIGKILL"):
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(speaking.pid, getattr(signal, name))
            else:
                speaking.terminate()
        with suppress(subprocess.TimeoutExpired):
            speaking.wait(_STOP_SECONDS)
            return
