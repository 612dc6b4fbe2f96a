"""The kiosk in tmux: keys as a real terminal sends them, and what is left of the terminal afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import SHIPPED
from tests.patience import wait_until
from tests.real.glass import SETTLE_SECONDS
from tests.real.sqlite import answers
from tests.real.terminal import KIOSK

pytestmark = pytest.mark.real

CONTROL = [f"C-{letter}" for letter in "abcdefghjklnopqrstuvwxyz"] + ["C-\\", "C-]", "C-Space", "Escape", "BSpace"]
FUNCTION = [f"{modifier}F{number}" for modifier in ("", "S-", "C-", "M-") for number in range(1, 13)]
MOVING = ["IC", "DC", "Home", "End", "PPage", "NPage", "C-Left", "S-Up", "M-Down", "C-Home", "BTab"]
ALT = [f"M-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz0123456789"]
FORBIDDEN = [*CONTROL, *FUNCTION, *MOVING, *ALT]
"""Every key but those that answer: digits, arrows, Tab, Enter and Space."""


class Pane:
    """A shell in tmux, on a server of its own."""

    def __init__(self, folder: Path) -> None:
        """Start a shell on 80 columns and 24 rows."""
        self._tmux = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
        environment = {**os.environ, "TERM": "xterm-256color", "PS1": "$ "}
        subprocess.run([*self._tmux, "new-session", "-d", "-x", "80", "-y", "24", "sh"], env=environment, check=True)

    def close(self) -> None:
        """End the server and all in it."""
        subprocess.run([*self._tmux, "kill-server"], check=False)

    def ask(self, *command: str) -> str:
        """Give what a tmux command says."""
        return subprocess.run([*self._tmux, *command], check=True, stdout=subprocess.PIPE, text=True).stdout

    def press(self, *keys: str) -> None:
        """Press keys by the names that tmux has for them."""
        self.ask("send-keys", *keys)

    def type(self, words: str) -> None:
        """Type a line for the shell."""
        self.ask("send-keys", "-l", words)
        self.press("Enter")

    def text(self) -> str:
        """Give the words on the screen."""
        return self.ask("capture-pane", "-p")

    def see(self, words: str) -> None:
        """Wait until words are on the screen."""
        self.until(lambda: words in self.text(), words)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds; fails with the screen as it is when it never does."""
        wait_until(holds, what, self.text)


@pytest.fixture
def pane(tmp_path: Path) -> Iterator[Pane]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    pane = Pane(tmp_path)
    yield pane
    pane.close()


def start_kiosk(pane: Pane, database: Path) -> None:
    pane.type(shlex.join([str(KIOSK), "run", "--config", str(SHIPPED), "--database", str(database)]))
    pane.see("Yksi kosketus riittää")
    pane.until(Path(f"{database}-wal").exists, "an open store")
    time.sleep(SETTLE_SECONDS)


def test_no_key_leaves_the_kiosk_or_answers(pane: Pane, database: Path) -> None:
    start_kiosk(pane, database)
    pane.press(*FORBIDDEN)
    time.sleep(SETTLE_SECONDS)
    pane.see("Yksi kosketus riittää")
    assert answers(database) == []
    pane.press("2")
    pane.see("Missä olisi parannettavaa?")
    time.sleep(SETTLE_SECONDS)
    pane.press(*FORBIDDEN)
    time.sleep(SETTLE_SECONDS)
    pane.see("Missä olisi parannettavaa?")
    pane.press("1")
    pane.see("Valitsit:")
    pane.press(*FORBIDDEN)
    time.sleep(SETTLE_SECONDS)
    pane.see("Valitsit:")
    assert answers(database) == [("visit", 2, "[]", None), ("why", None, '["queue"]', None)]


def test_the_shell_gets_its_terminal_back(pane: Pane, database: Path) -> None:
    start_kiosk(pane, database)
    state = "#{alternate_on} #{mouse_any_flag} #{mouse_sgr_flag} #{cursor_flag}"
    assert pane.ask("display-message", "-p", state).split() == ["1", "1", "1", "0"]
    shell = pane.ask("display-message", "-p", "#{pane_pid}").strip()
    (kiosk,) = Path(f"/proc/{shell}/task/{shell}/children").read_text(encoding="utf-8").split()
    os.kill(int(kiosk), signal.SIGTERM)
    pane.see("The kiosk has ended.")
    assert pane.ask("display-message", "-p", state).split() == ["0", "0", "0", "1"]
    pane.type("echo $?-$((6 * 7))")
    pane.see("0-42")
