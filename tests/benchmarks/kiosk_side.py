"""The installed `kiosk run` in a pty, with the shipped kiosk.toml."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.benchmarks.side import FACES
from tests.benchmarks.terminal import Cell, Terminal

SHIPPED = Path(__file__).parents[2] / "kiosk.toml"

_COLUMNS, _ROWS = 80, 24
_QUESTION, _THANKS = "Yksi kosketus", "Valitsit"
"""Words of the two screens that are always text: the large ones may be drawn."""
_FACE_ROW = 16
_NOTHING_THERE = 60, 12
"""A cell of the thanks that is no button."""
_IMPATIENT_SECONDS = 0.05
"""The time between the taps of somebody who cannot wait for the kiosk to wake up."""


class KioskSide:
    """Asks one question and no follow-up, so that a tap leads straight to the thanks."""

    def __init__(self, folder: Path, cell: Cell | None = None) -> None:
        """Keep config and database in `folder`, which must be on a disk; draw pixels where a `cell` has some."""
        self._folder, self._cell = folder, cell
        folder.mkdir(parents=True)
        text = SHIPPED.read_text(encoding="utf-8")
        text = _replaced(text, "\n# follow_ups = 1 ", "\nfollow_ups = 0 ")
        text = _replaced(text, '\nlogo = "', f'\nlogo = "{SHIPPED.parent}/')
        (folder / "kiosk.toml").write_text(text, encoding="utf-8")

    @property
    def pid(self) -> int:
        """The kiosk's process."""
        return self._terminal.pid

    def start(self) -> float:
        """Start `kiosk run`; gives the time until the first question is painted."""
        beside = Path(sys.executable).with_name("kiosk")
        command = str(beside if beside.exists() else shutil.which("kiosk"))
        options = ["--config", str(self._folder / "kiosk.toml"), "--database", str(self._database)]
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            **{name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ},
        }
        self._terminal = Terminal([command, "run", *options], environment, _COLUMNS, _ROWS, self._cell)
        return self._terminal.until(_QUESTION) - self._terminal.started_at

    def first_thanks(self) -> float:
        """Tap until a tap is taken; gives the time from the start until the thanks are painted."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            self._tap_face(FACES - 1)
            try:
                return self._terminal.until(_THANKS, _IMPATIENT_SECONDS) - self._terminal.started_at
            except TimeoutError:
                continue
        raise TimeoutError("the kiosk took no tap within 30 s")

    def tap(self, face: int) -> float:
        """Tap a face; gives the time until the whole picture of the thanks has arrived."""
        sent_at = self._tap_face(face)
        return self._terminal.until(_THANKS) - sent_at

    def next_customer(self) -> None:
        """End the thanks with a tap on nothing."""
        self._terminal.tap(*_NOTHING_THERE)
        self._terminal.until(_QUESTION)

    def visit(self, face: int) -> int:
        """Tap a face and leave the thanks alone; gives the bytes written from the tap to the question's return."""
        before = self._terminal.received
        self._tap_face(face)
        self._terminal.until(_THANKS)
        self._terminal.until(_QUESTION)
        return self._terminal.received - before

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        self._terminal.rest(seconds)

    def stop(self) -> None:
        """End the kiosk."""
        self._terminal.stop()

    def stored(self) -> int:
        """Give the number of answers in the database."""
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM answer").fetchone()[0])

    @property
    def _database(self) -> Path:
        return self._folder / "kiosk.db"

    def _tap_face(self, face: int) -> float:
        return self._terminal.tap((2 * face + 1) * _COLUMNS // (2 * FACES), _FACE_ROW)


def _replaced(text: str, old: str, new: str) -> str:
    if old not in text:
        raise SystemExit(f"The shipped kiosk.toml has no line that begins with {old.strip()!r}.")
    return text.replace(old, new)
