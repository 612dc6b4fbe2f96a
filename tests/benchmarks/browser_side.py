"""A browser kiosk on the same machine: Chromium, a SurveyJS page, and a server that stores before it answers."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.benchmarks.processes import unique_set_size
from tests.real.devtools import chromium, start_chromium

PAGE = Path(__file__).parent / "browser"

_PANEL = "800x480"
"""Pixels of a 7-inch panel."""
_FLAGS = ("--kiosk", f"--screen-info={{{_PANEL}}}")
_FACES = """[...document.querySelectorAll(".sd-rating__item-smiley")].map(face => {
    const place = face.getBoundingClientRect();
    return [place.x + place.width / 2, place.y + place.height / 2];
})"""
_NOTHING_THERE = 400.0, 400.0


class BrowserSide:
    """Asks the same question. The server is started once and stays; the browser is what starts and stops."""

    def __init__(self, folder: Path) -> None:
        """Keep profile and database in `folder`, which must be on a disk; install SurveyJS if it is not there."""
        _install_page()
        folder.mkdir(parents=True)
        self._folder = folder
        command = [sys.executable, str(PAGE / "server.py"), str(folder / "answers.db")]
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self._address = f"http://127.0.0.1:{int(self._heard())}/"

    @property
    def pid(self) -> int:
        """The browser's first process."""
        return self._browser.pid

    def start(self) -> float:
        """Start Chromium on the page; gives the time until the page says that its question is painted."""
        self._browser = start_chromium(installed_chromium(), self._folder, *_FLAGS, self._address)
        if self._heard() != "question":
            raise SystemExit("The page showed something else than its question.")
        painted_after = time.monotonic() - self._browser.started_at
        self._listen()
        return painted_after

    def _listen(self) -> None:
        self._browser.attach()
        self._browser.ask("Runtime.enable")
        self._browser.ask("Runtime.addBinding", name="painted")
        self._faces = [(x, y) for x, y in self._browser.evaluate(_FACES)]

    def first_thanks(self) -> float:
        """Tap; gives the time from the start until the thanks are painted."""
        self._tap(*self._faces[-1])
        return self._painted("thanks") - self._browser.started_at

    def tap(self, face: int) -> float:
        """Tap a face; gives the time until the page says that its thanks are painted."""
        return -self._tap(*self._faces[face]) + self._painted("thanks")

    def next_customer(self) -> None:
        """End the thanks with a tap on nothing."""
        self._tap(*_NOTHING_THERE)
        self._painted("question")

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)

    def stop(self) -> None:
        """End Chromium."""
        self._browser.close()

    def stored(self) -> int:
        """Give the number of answers in the database."""
        with closing(sqlite3.connect(f"file:{self._folder / 'answers.db'}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM answer").fetchone()[0])

    def hurry(self) -> None:
        """Take away the pause of 0.3 s that SurveyJS makes after a tap, until the browser is started again."""
        self._browser.evaluate("Survey.settings.autoAdvanceDelay = 0")

    def server_memory(self) -> int:
        """Give the unique set size of the server in bytes; it is not counted as the browser's."""
        return unique_set_size(self._server.pid)

    def close(self) -> None:
        """End the server."""
        self._server.terminate()
        self._server.communicate()

    def _tap(self, x: float, y: float) -> float:
        """Press and release; gives the time before the press. A mouse, as Chromium is slower to believe a finger."""
        tapped_at = time.monotonic()
        for kind in ("mousePressed", "mouseReleased"):
            self._browser.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        return tapped_at

    def _painted(self, what: str) -> float:
        return self._browser.until("Runtime.bindingCalled", what)

    def _heard(self) -> str:
        line = self._server.stdout.readline() if self._server.stdout else ""
        if not line:
            raise SystemExit("The page's server did not start.")
        return line.strip()


def installed_chromium() -> str:
    """Give the path of Chromium; ends the benchmark with a sentence where there is none."""
    if (path := chromium()) is None:
        raise SystemExit("Chromium is not installed. On Debian: apt install chromium")
    return path


def page_versions() -> dict[str, str]:
    """Give the versions of the page's packages."""
    versions: dict[str, str] = json.loads((PAGE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return versions


def _install_page() -> None:
    if (PAGE / "node_modules").exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed; it fetches SurveyJS. On Debian: apt install npm")
    options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"]
    subprocess.run([npm, "install", *options], cwd=PAGE, check=True, stdout=sys.stderr)
